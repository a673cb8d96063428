import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { chosenOf } from '../../src/app/doctor.js';
import { stateOf } from '../../src/app/engine-state.js';
import { tcpState } from '../../src/app/tcp-state.js';
import { watchingState } from '../../src/app/watching-state.js';
import { MtucalcError } from '../../src/error.js';
import type { Libc } from '../../src/io/libc.js';
import type { Diagnosis, WatchingState } from '../../src/probe/diagnosis.js';
import { palette } from '../../src/report/palette.js';
import { doctorText } from '../../src/report/text/doctor.js';
import { schemaFault } from '../json-schemas.js';

/** A C library whose one TCP socket is refused, or takes options as told; `open` has what was not closed. */
function oneSocket({ socket = 7, maxseg = 0, info = 232 }): { readonly libc: Libc; readonly open: Set<number> } {
  const open = new Set<number>();
  const libc: Libc = {
    socket: () => {
      if (socket >= 0) open.add(socket);
      return socket;
    },
    setOption: () => maxseg,
    getOption: () => Buffer.alloc(info),
    close: (fd) => void open.delete(fd),
    sendTo: () => expect.unreachable('doctor sends nothing'),
    bind: () => expect.unreachable('doctor binds nothing here'),
    receive: () => expect.unreachable('doctor receives nothing'),
  };
  return { libc, open };
}

const coded = (code: string): Error => Object.assign(new Error('it failed'), { code });

describe('engine tcp', () => {
  test.for([
    ['a kernel that does all of it', {}, 0, true, /open port/, null],
    ['connections that shrink once stuck', {}, 1, true, /open port/, null],
    ['a host that begins small', {}, 2, false, /tcp_mtu_probing is 2/, /sysctl -w net\.ipv4\.tcp_mtu_probing=0$/],
    ['no socket', { socket: -97 }, 0, false, /TCP_MAXSEG/, null],
    ['TCP_MAXSEG refused', { maxseg: -92 }, 0, false, /TCP_MAXSEG/, null],
    ['a TCP_INFO one octet short', { info: 127 }, 0, false, /TCP_INFO/, null],
    ['a TCP_INFO just long enough', { info: 128 }, 0, true, /open port/, null],
  ] as const)('%s', async ([, takes, probing, available, says, unlock]) => {
    const { libc, open } = oneSocket(takes);
    const found = await tcpState(
      async () => libc,
      async () => probing,
      'linux',
    );
    expect(found).toMatchObject({ id: 'tcp', available, says: expect.stringMatching(says) });
    if (unlock) expect(found.unlock?.command).toMatch(unlock);
    else expect(found.unlock).toBeNull();
    expect(open.size).toBe(0);
  });
  test.for([
    [coded('ERR_MODULE_NOT_FOUND'), 'the package koffi is absent', 'npm install koffi'],
    [coded('MODULE_NOT_FOUND'), 'the package koffi is absent', 'npm install koffi'],
    [coded('ERR_DLOPEN_FAILED'), 'it failed', 'npm install koffi'],
    [new Error('no GLIBC_2.99'), 'no GLIBC_2.99', 'npm install koffi'],
    [new MtucalcError('no-engine', 'nowhere to unpack'), 'nowhere to unpack', 'TMPDIR=$HOME mtucalc doctor'],
  ] as const)('without the C library: %s', async ([error, says, command]) => {
    const found = await tcpState(() => Promise.reject(error), undefined, 'linux');
    expect(found).toMatchObject({ available: false, says, unlock: { command } });
  });
  test('elsewhere than on Linux nothing is loaded', async () => {
    const found = await tcpState(() => expect.unreachable('loaded'), undefined, 'darwin');
    expect(found).toMatchObject({ available: false, unlock: null, says: expect.stringContaining('Linux only') });
  });
  test.for([
    [['tcp', 'ping'], 'ping'],
    [['errqueue', 'tcp', 'ping'], 'errqueue'],
    [['raw', 'errqueue', 'tcp'], 'raw'],
    [['tcp'], undefined],
  ] as const)('of %j runs %s', ([works, runs]) => {
    const engines = (['raw', 'errqueue', 'tcp', 'ping'] as const).map((id) =>
      stateOf(id)((works as readonly string[]).includes(id), ''),
    );
    expect(chosenOf(engines)?.id).toBe(runs);
  });
});

describe('watching', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mtucalc-doctor-'));
  const second = mkdtempSync(join(tmpdir(), 'mtucalc-doctor-'));
  const file = join(second, 'a-file');
  writeFileSync(file, '');
  afterAll(() => {
    for (const made of [folder, second]) rmSync(made, { recursive: true });
  });
  const only =
    (...open: string[]) =>
    async (path: string): Promise<boolean> =>
      open.includes(path);

  test.for([
    ['a folder that is writable', [folder], [folder], [[folder, true]], `--out ${folder}/mtucalc.prom`],
    [
      'one that is not',
      [folder],
      [],
      [[folder, false]],
      `may not write to node_exporter's ${folder}; for Prometheus: --`,
    ],
    [
      'the second alone is writable',
      [folder, second],
      [second],
      [
        [folder, false],
        [second, true],
      ],
      `--out ${second}/mtucalc.prom`,
    ],
    ['a file in its place', [file], [file], [], `no folder of node_exporter at ${file}; for Prometheus: --listen`],
    ['none', ['/nonexistent/a', '/nonexistent/b'], [], [], 'at /nonexistent/a or /nonexistent/b; for Prometheus'],
  ] as const)('%s', async ([, folders, open, found, says]) => {
    const state = await watchingState('errqueue', folders, only(...open));
    expect(state.textfile.map(({ folder: path, writable }) => [path, writable])).toEqual(found);
    expect(state.says).toContain('unattended, by engine errqueue; ');
    expect(state.says).toContain(says);
  });
  test('a folder of one’s own is writable, and nothing is written to it', async () => {
    const { textfile } = await watchingState('ping', [folder]);
    expect(textfile).toEqual([{ folder, writable: true }]);
    expect(readdirSync(folder)).toEqual([]);
  });
  test('without an engine no way to figures is shown', async () => {
    const { engine, says } = await watchingState(null, [folder], only(folder));
    expect([engine, says]).toEqual([null, 'nothing here measures by ICMP or UDP']);
  });
});

describe('as text', () => {
  const value = (watching: WatchingState): Diagnosis => ({
    schemaVersion: 2,
    node: 'v22.12.0',
    platform: 'linux x64',
    user: 1000,
    becomes: null,
    engines: [
      stateOf('tcp')(false, 'this host begins small', { command: 'sudo sysctl -w a=0', grants: 'full segments' }),
    ],
    farEnd: { udp: true, savedSyn: true, ssh: true, says: 'each direction' },
    watching,
    chosen: 'ping',
  });
  const shown = (watching: WatchingState): string =>
    doctorText(value(watching), { colour: palette(false), columns: 80 } as never) as string;
  const folders = ['/var/lib/prometheus/node-exporter', '/var/lib/node_exporter/textfile_collector'];

  test('what works, what does not, within 80 columns', async () => {
    const works = await watchingState('errqueue', folders, async () => true);
    const not = await watchingState(null, folders, async () => true);
    for (const watching of [works, not]) {
      expect(schemaFault('doctor', value(watching))).toBe('');
      expect(
        Math.max(
          ...shown(watching)
            .split('\n')
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(80);
    }
    expect(shown(works)).toMatch(/^yes watch {4}unattended, by engine errqueue; /m);
    expect(shown(not)).toMatch(/^no {2}watch {4}nothing here measures by ICMP or UDP$/m);
    expect(shown(not)).toContain(
      'no  tcp      this host begins small\n             sudo sysctl -w a=0\n             grants: full segments\n',
    );
  });
});
