import { exporter } from '../../../src/app/watch/exporter.js';
import { readQueued } from '../../../src/io/queued-error.js';
import { parseFar } from '../../../src/probe/far/datagram.js';
import { readSavedSyn } from '../../../src/probe/far/saved-syn.js';
import { type PingFlavour, readPing } from '../../../src/probe/ping-output.js';
import { newPath, noted } from '../../../src/probe/watch/path.js';
import type { Watched } from '../../../src/probe/watch/result.js';
import { pathsIn, stateText } from '../../../src/probe/watch/state.js';
import { ownFigures, probeFigures } from '../../../src/report/prometheus/watch.js';
import { SCHEMA_VERSION } from '../../../src/schema-version.js';
import { filled, ipv4, mssOption, tcp } from '../../../test/packet/packets.js';
import { reading } from '../../../test/probe/watch/reading.js';
import { mutated, seeded } from '../../../test/seeded.js';
import { disturbedText, hostile, noise, pick } from '../disturb.js';
import type { Family, Printed, Random } from '../family.js';
import { HostilePath } from '../network/hostile-path.js';
import { answering, measured, writtenProbe } from '../network/measured.js';
import { toListener, toProber } from '../network/spoken.js';
import { formatsFor, written } from '../written.js';

const PINGS: readonly string[] = [
  '1480 bytes from 198.51.100.7: icmp_seq=1 ttl=62 time=0.052 ms',
  '1452 bytes from 2001:db8::7, icmp_seq=0 hlim=62 time=1.2 ms',
  '72 bytes from 198.51.100.7: icmp_seq=1 ttl=61 (truncated)',
  'From 10.0.0.1 icmp_seq=1 Frag needed and DF set (mtu = 1400)',
  'From fd00::1 icmp_seq=1 Packet too big: mtu=1400',
  'From 10.0.0.1 icmp_seq=1 Time to live exceeded',
  'From 10.0.0.1 icmp_seq=1 Destination Host Unreachable',
  'ping: local error: message too long, mtu=1400',
  'ping: warning: got ICMP 11 (Time Exceeded)',
  'Reply from 198.51.100.7: bytes=1472 time=3ms TTL=60',
  'Packet needs to be fragmented but DF set.',
];
const FLAVOURS: readonly PingFlavour[] = ['iputils', 'iputils-probe', 'busybox', 'macos', 'windows'];

const NEAR: readonly object[] = [
  { do: 'open', family: 4, address: '198.51.100.7' },
  { do: 'open', family: 6, address: '2001:db8::7' },
  { do: 'cookie', cookie: '0123456789abcdef' },
  { do: 'sync', number: 1 },
  { do: 'send', number: 1, size: 1500, ttl: 64, df: true },
];
const READY = { is: 'ready', tag: '0123456789abcdef'.repeat(2), port: 9846, udp: true, syn: true };
const SYN = { mss: 1460, df: true, ttl: 60 };
const FAR: readonly object[] = [
  READY,
  { is: 'greeted' },
  { is: 'synced', number: 1 },
  { is: 'proven', linkMtu: 1500 },
  { is: 'got', number: 1, size: 1400, piece: null },
  { is: 'heard', number: 1, reply: { kind: 'too-big', from: '10.0.0.1', nextHopMtu: 1400 } },
  { is: 'heard', number: 2, reply: { kind: 'hop', from: '10.0.0.1' } },
  { is: 'heard', number: 3, reply: { kind: 'too-big-here', mtu: 1400 } },
  { is: 'heard', number: 4, reply: { kind: 'unreachable', from: 'this host', code: 3 } },
  { is: 'tcp', connection: 0, syn: SYN, sent: 1460 },
  { is: 'bulk', connection: 0, octets: 16_384, segment: 1448 },
];

const watched = [newPath('192.0.2.1', null, 1500), newPath('host.example', 6, null)].map(
  (path) =>
    noted(noted(path, reading, 9).path, { ...reading, at: reading.at + 300, verdict: 'black-hole', low: 1400 }, 9).path,
);

const values: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  0,
  70_000,
  1e21,
  '',
  [],
  {},
  [1],
  ['raw'],
  { toString: 1 },
  'a'.repeat(3000),
];
/** A message with a field of another kind, or one more. */
function fieldChanged(value: unknown, random: Random): unknown {
  if (random(3) === 0 || typeof value !== 'object' || value === null)
    return random(3) === 0 ? pick([...values, ...hostile], random) : value;
  const names = Object.keys(value);
  const name =
    random(12) === 0 || names.length === 0
      ? pick(['__proto__', 'length', 'toJSON', 'do', 'is'], random)
      : pick(names, random);
  const changed = fieldChanged((value as Record<string, unknown>)[name], random);
  if (Array.isArray(value)) return value.map((one, at) => (String(at) === name ? changed : one));
  return Object.fromEntries([...Object.entries(value), [name, changed]]);
}

/** Lines of messages; of four texts one is harmed as a text too. */
function said(messages: readonly object[], random: Random, first: readonly object[] = []): string {
  const all = [...first, ...Array.from({ length: random(8) }, () => pick(messages, random))];
  const text = all.map((one) => `${JSON.stringify(random(4) === 0 ? fieldChanged(one, random) : one)}\n`).join('');
  return random(4) === 0 ? disturbedText(text, [JSON.stringify(FAR)], random) : text;
}

const URLS = [
  '/probe?target=192.0.2.1',
  '/probe?target=host.example&module=mtu_ip6',
  '/metrics',
  '/-/healthy',
  '//',
  '/probe?module=__proto__&target=x',
];
const octetsOf = (text: string): Buffer => Buffer.from(text, 'latin1');
const latin1 = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1');
const syn = ipv4(6, tcp([], { flags: 2, options: mssOption(1460) }));

/** What may come by network, by kind of reader: an input is the kind, a line break, and what comes. */
const kinds: Readonly<
  Record<string, { input(random: Random): string; run(text: string): Promise<readonly Printed[]> }>
> = {
  ping: {
    input: (random) =>
      `${pick(FLAVOURS, random)}\n${disturbedText(Array.from({ length: 1 + random(6) }, () => pick(PINGS, random)).join('\n'), PINGS, random)}`,
    async run(text) {
      const [flavour, ...lines] = text.split('\n');
      const probe = { protocol: 'icmp', size: 1500, ttl: lines.length % 2 === 0 ? 64 : 2 } as const;
      const context = { family: 4, localMtu: 1500, source: '192.0.2.9', early: true } as const;
      const replies = lines.map(
        (line) => readPing(flavour as PingFlavour, line, probe, context) ?? ({ kind: 'silence' } as const),
      );
      return writtenProbe(await measured(answering(replies, 'ping'), '198.51.100.7'));
    },
  },
  near: { input: (random) => said(NEAR, random), run: async (text) => toListener(text) },
  far: { input: (random) => said(FAR, random, random(12) === 0 ? [] : [READY]), run: toProber },
  state: {
    input: (random) => {
      const text =
        random(3) > 0 ? JSON.stringify(fieldChanged(JSON.parse(stateText(watched)), random)) : stateText(watched);
      return random(2) === 0 ? disturbedText(text, [text], random) : text;
    },
    async run(text) {
      const paths = pathsIn(text, 'state.json');
      const value: Watched = { schemaVersion: SCHEMA_VERSION, at: reading.at, paths, changes: [], skipped: [] };
      return written('watch', value, formatsFor(0, ['json', 'prometheus']));
    },
  },
  figures: {
    input: (random) => disturbedText(pick(URLS, random), URLS, random).replace(/[\r\n]/g, ''),
    async run(text) {
      const url = URL.canParse(text, 'http://x') ? new URL(text, 'http://x') : new URL('http://x/probe');
      const answer = exporter({
        paths: () => watched,
        value: () => ({ schemaVersion: SCHEMA_VERSION, at: reading.at, paths: watched, changes: [], skipped: [] }),
        measure: async (path) => path,
        interval: 300,
        clock: () => (reading.at + 400) * 1000,
        pause: async () => {},
        figures: probeFigures,
        own: ({ paths }, requests) => ownFigures(paths.length, requests, 1),
      });
      const { text: figures } = await answer({ path: url.pathname, query: url.searchParams, patience: 1 });
      return [{ format: 'prometheus', text: figures }];
    },
  },
  octets: {
    input: (random) => latin1(mutated(random(2) === 0 ? syn : filled(random(64)), random)),
    async run(text) {
      const data = octetsOf(text);
      const item = {
        data,
        name: data,
        control: [
          { level: 0, type: 11, data },
          { level: 41, type: 25, data },
        ],
      };
      const queued = ([4, 6] as const).flatMap((family) => {
        const read = readQueued(family, item);
        return read !== undefined && typeof read === 'object' && 'reply' in read ? [read.reply(true, '::')] : [];
      });
      return [{ format: 'json', text: JSON.stringify([parseFar(data), readSavedSyn(data), queued]) }];
    },
  },
};
const names = Object.keys(kinds);

/** A path whose answers depend on what is asked: its input is the seed of its lies. */
async function overHostilePath(seed: Uint8Array): Promise<readonly Printed[]> {
  const random = seeded(new DataView(seed.buffer, seed.byteOffset).getUint32(0));
  const path = new HostilePath(random(2) === 0 ? 4 : 6, random);
  const flag = (): boolean => random(4) === 0;
  const result = await measured(path, path.address, {
    protocol: pick(path.protocols, random),
    localMtu: pick([null, 576, 1280, 1500, 9000], random),
    maxProbes: 20 + random(150),
    gentle: flag(),
    everyHop: flag(),
    sweep: flag(),
    mss: flag(),
    alone: flag(),
  });
  return writtenProbe(result);
}

/** Answers to probes, both ends of a two-ended measurement, what watch is asked and keeps. */
export const network: Family = {
  id: 'network',
  input(random) {
    if (random(4) === 0) return Uint8Array.from({ length: 4 }, () => random(256));
    const name = pick(names, random);
    return `${name}\n${random(100) === 0 ? noise(random) : kinds[name]?.input(random)}`;
  },
  async run(input) {
    if (typeof input !== 'string') return overHostilePath(input);
    const end = input.indexOf('\n');
    return kinds[input.slice(0, end)]?.run(input.slice(end + 1)) ?? [];
  },
};
