import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { repo } from '../guest-process.js';
import type { Standing } from './build.js';

/** A real sshd at B, and what `mtucalc` needs to log in there. */
export interface Sshd {
  readonly user: string;
  readonly port: number;
  /** In place of ssh: the same with the keys of this test. */
  readonly program: string;
  down(): void;
}

export const SSH_PORT = 22_322;

/** @throws what ssh-keygen and sshd refuse. */
export async function sshdAt({ far }: Standing): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), 'mtucalc-sshd-'));
  const file = (name: string, text: string, mode: number): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode });
    chmodSync(path, mode);
    return path;
  };
  for (const key of ['host', 'user'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, key)]);
  mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  mkdirSync(join(folder, 'bin'));
  file('bin/mtucalc', `#!/bin/sh\nexec ${process.execPath} ${repo}/bin/mtucalc.js "$@"\n`, 0o755);
  const server = file(
    'sshd_config',
    [
      `Port ${SSH_PORT}`,
      `HostKey ${folder}/host`,
      `AuthorizedKeysFile ${folder}/user.pub`,
      `PidFile ${folder}/pid`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'PermitRootLogin prohibit-password',
      `SetEnv PATH=${folder}/bin:/usr/bin:/bin`,
      'PrintMotd no',
      '',
    ].join('\n'),
    0o600,
  );
  const client = file(
    'ssh_config',
    `Host *\n  IdentityFile ${folder}/user\n  UserKnownHostsFile /dev/null\n  StrictHostKeyChecking no\n  LogLevel ERROR\n  BatchMode yes\n`,
    0o600,
  );
  const program = file('ssh', `#!/bin/sh\nexec ssh -F ${client} "$@"\n`, 0o755);
  const [ip = '', ...words] = [...far, '/usr/sbin/sshd', '-D', '-e', '-f', server];
  const child: ChildProcess = spawn(ip, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (data) => {
    said += String(data);
  });
  for (let waited = 0; waited < 5000 && !said.includes('listening'); waited += 50) await pause(50);
  if (!said.includes('listening')) throw new Error(`sshd: ${said}`);
  return {
    user: 'root',
    port: SSH_PORT,
    program,
    down() {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
