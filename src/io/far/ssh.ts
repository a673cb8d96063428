import { execFile, spawn } from 'node:child_process';
import { isIP } from 'node:net';
import { MtucalcError } from '../../error.js';
import { shown } from '../../mtu/nearest.js';
import { FAR_VERSION, LONGEST_LINE } from '../../probe/far/message.js';
import { Lines } from './lines.js';

export interface SshPlace {
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number | undefined;
}

/** Found in the path, and otherwise fetched by npx, which comes with Node. */
const USUAL = 'if command -v mtucalc >/dev/null 2>&1; then exec mtucalc "$@"; else exec npx --yes mtucalc "$@"; fi';
/** What the far end says once it is there; before it a login may print a banner. */
export const READY = `mtucalc-far-${FAR_VERSION}`;
const LONGEST_BANNER = 65_536;
/** For a login with a password to type, and for npx to fetch what it starts; milliseconds. */
const PATIENCE = 90_000;

/** Whether the program is there. */
export const hasSsh = (program = 'ssh'): Promise<boolean> =>
  new Promise((resolve) => {
    execFile(program, ['-V'], { timeout: 5000 }, (error) => resolve(!error));
  });

/** `ssh://[user@]host[:port]`; nothing in it can be an option of ssh or a word for a shell. @throws MtucalcError */
export function sshPlace(text: string): SshPlace {
  const [, user, host = '', written] =
    /^ssh:\/\/(?:([A-Za-z0-9_][\w.+-]{0,63})@)?(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9_][\w.-]{0,252})(?::(\d{1,5}))?\/?$/.exec(
      text,
    ) ?? [];
  const bare = host.replace(/^\[|\]$/g, '');
  const port = written === undefined ? undefined : Number(written);
  if (host === '' || (host.startsWith('[') && isIP(bare) !== 6) || (port !== undefined && (port < 1 || port > 65_535)))
    throw new MtucalcError(
      'bad-value',
      `${shown(text)} is no place for ssh`,
      'as ssh://user@host or ssh://user@host:2222',
    );
  return { user, host: bare, port };
}

/** The command line; what follows `--` cannot be taken for an option, ssh(1). */
export function sshWords({ user, host, port }: SshPlace, family: 4 | 6, command: string | undefined): string[] {
  const words = `listen --stdio --listen ${family === 4 ? '0.0.0.0:0' : '[::]:0'}`;
  const remote = command === undefined ? `sh -c '${USUAL}' mtucalc ${words}` : `${command} ${words}`;
  return [
    '-T',
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...(user === undefined ? [] : ['-l', user]),
    '--',
    host,
    remote,
  ];
}

/**
 * Starts the far end through ssh and speaks to it over the same connection: no token, no port for the control.
 * @throws MtucalcError where ssh or the far end does not start
 */
export function dialSsh(
  place: SshPlace,
  family: 4 | 6,
  command: string | undefined,
  program = 'ssh',
  signal?: AbortSignal,
): Promise<Lines> {
  // MTUCALC_SSH= in a script means none.
  const child = spawn(program || 'ssh', sshWords(place, family, command), { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  return new Promise((resolve, reject) => {
    const refuse = (
      why: string,
      hint = 'try ssh by hand; mtucalc or npx must be there, or name it with --peer-command',
    ): void => {
      clearTimeout(timer);
      // Whatever it started may hold the pipe and go on.
      stdout.destroy();
      stdin.destroy();
      child.kill();
      reject(new MtucalcError('no-host', `the far end at ${place.host} did not start: ${why}`, hint));
    };
    const stop = (): void => refuse('stopped');
    signal?.addEventListener('abort', stop, { once: true });
    // On such a path ssh's own key exchange may be what vanishes.
    const timer = setTimeout(
      () =>
        refuse(
          `nothing in ${PATIENCE / 1000} seconds`,
          'where the login itself hangs, give --peer an address on another path; HOST stays what is measured',
        ),
      PATIENCE,
    );
    child.once('error', ({ code }: NodeJS.ErrnoException) =>
      refuse(code === 'ENOENT' ? 'there is no ssh here' : `${code}`),
    );
    child.once('exit', (code) => refuse(`ssh ended with ${code ?? 'a signal'}`));
    stdin.on('error', () => {});
    let read = Buffer.alloc(0);
    const listen = (data: Buffer): void => {
      read = Buffer.concat([read, data]);
      const at = read.indexOf(`${READY}\n`);
      if (at < 0) {
        if (read.length > LONGEST_BANNER) refuse('it says something else');
        return;
      }
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      stdout.off('data', listen);
      stdout.pause();
      const rest = read.subarray(at + READY.length + 1);
      if (rest.length > 0) stdout.unshift(rest);
      const lines = new Lines(stdout, stdin, LONGEST_LINE.proven);
      setImmediate(() => stdout.resume());
      resolve(lines);
    };
    stdout.on('data', listen);
  });
}
