import { type ChildProcess, spawn } from 'node:child_process';

/**
 * A shell that outlives this process when it is killed: it then ends the process groups it was told of and removes the
 * work folder. It hears of the death by the end of its stdin, which no signal can hide.
 */
export interface Watchdog {
  watch(group: number): void;
  dismiss(): void;
}

const script = `trap '' INT TERM HUP
groups=
while read -r word; do
  [ "$word" = done ] && exit 0
  groups="$groups $word"
done
for group in $groups; do kill -9 -"$group"; done
sleep 1; rm -rf "$1"`;

export function startWatchdog(work: string): Watchdog {
  const child: ChildProcess = spawn('/bin/sh', ['-c', script, 'watchdog', work], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.unref();
  return {
    watch: (group) => void child.stdin?.write(`${group}\n`),
    dismiss: () => void child.stdin?.end('done\n'),
  };
}
