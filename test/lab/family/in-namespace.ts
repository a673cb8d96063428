import { spawnSync } from 'node:child_process';

/** Runs a script in new network and mount namespaces; what it prints, line by line. */
export function inNamespace(script: string): string[] {
  const { status, stdout, stderr, error } = spawnSync(
    'unshare',
    ['--net', '--mount', '--propagation', 'private', 'sh', '-c', script],
    { encoding: 'utf8', timeout: 120_000 },
  );
  if (error || status !== 0) throw new Error(`unshare: ${error?.message ?? ''} status ${status}\n${stderr}\n${stdout}`);
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
}
