import type { TcpResult } from '../../results.js';
import type { TcpStep } from '../../scenario.js';
import { addresses as a, octets } from '../addresses.js';
import type { Ground } from '../ground.js';
import {
  AF,
  acceptFrom,
  address,
  bindTo,
  closeSocket,
  connectTo,
  EAGAIN,
  errno,
  getOption,
  listenOn,
  openSocket,
  POLLIN,
  POLLOUT,
  pollSockets,
  receive,
  SOCK,
  sendOn,
  setInt,
  shutdownWrite,
} from '../libc.js';
import { type Sight, Tally, Watcher } from '../watcher.js';

const IPPROTO_TCP = 6;
const TCP_INFO = 11;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
let port = 5000;

/**
 * One connection, one direction of data, everything read from one loop: sockets and watchers at both ends and on the
 * WAN.
 */
export function tcp(step: TcpStep, ground: Ground): TcpResult {
  const inner = step.inner ?? 4;
  const family = inner === 4 ? AF.INET : AF.INET6;
  const up = step.up !== undefined;
  const total = step.up ?? step.down ?? 0;
  const limit = (step.timeoutSeconds ?? 20) * 1000;
  // Below `client` is the one that opens, `server` the one that accepts.
  const opens = step.opens ?? 'client';
  const accepts = opens === 'client' ? 'server' : 'client';
  const to = address(octets(a[accepts][inner]), ++port);
  const listener = openSocket(accepts, family, SOCK.STREAM, 0);
  const client = openSocket(opens, family, SOCK.STREAM, 0);
  let server = -1;
  const watchers = {
    client: new Watcher('client', 'c0'),
    server: new Watcher('server', 's0'),
    wan: new Watcher('gw1', ground.wanDevice),
  };
  const tallies = { client: new Tally(), server: new Tally(), wan: new Tally() };
  const mss = { syn: { sent: null, arrives: null }, synAck: { sent: null, arrives: null } } as Options;
  const chunk = Buffer.alloc(step.chunk ?? 16_384, 'mtucalc ');
  const into = Buffer.alloc(65_536);
  const start = Date.now();
  let sent = 0;
  let received = 0;
  let complete = false;
  let error: string | undefined;
  let pausedUntil = 0;
  try {
    setInt(listener, SOL_SOCKET, SO_REUSEADDR, 1);
    bindTo(listener, to);
    listenOn(listener);
    connectTo(client, to);
    while (!complete && error === undefined && Date.now() - start < limit) {
      const sender = up ? client : server;
      const receiver = up ? server : client;
      const writing = sender >= 0 && sent < total && Date.now() >= pausedUntil;
      const sockets = [
        { fd: listener, events: server < 0 ? POLLIN : 0 },
        { fd: receiver, events: POLLIN },
        { fd: sender, events: writing ? POLLOUT : 0 },
        ...Object.values(watchers).map(({ fd }) => ({ fd, events: POLLIN })),
      ];
      const ready = pollSockets(sockets, pausedUntil > Date.now() ? pausedUntil - Date.now() : 200);
      if (server < 0 && ready[0]!.read) server = acceptFrom(listener);
      if (writing && ready[2]!.write) {
        const put = sendOn(sender, chunk.subarray(0, Math.min(chunk.length, total - sent)));
        if (put > 0) sent += put;
        else if (errno() !== EAGAIN) error = `send: errno ${errno()}`;
        if (sent === total) shutdownWrite(sender);
        if (step.pauseMs) pausedUntil = Date.now() + step.pauseMs;
      }
      if (receiver >= 0 && ready[1]!.read) {
        const got = receive(receiver, into);
        if (got > 0) received += got;
        else if (got === 0) complete = received === total;
        else if (errno() !== EAGAIN) error = `receive: errno ${errno()}`;
        if (got === 0 && !complete) error = `closed after ${received} of ${total} octets`;
      }
      read(watchers, tallies, mss, { port, accepts });
    }
    read(watchers, tallies, mss, { port, accepts });
    const info = infoOf(up || server < 0 ? client : server);
    const seen = { client: tallies.client.seen, server: tallies.server.seen, wan: tallies.wan.seen };
    return { complete, received, ms: Date.now() - start, ...mss, sender: info, seen, ...(error ? { error } : {}) };
  } finally {
    for (const fd of [listener, client, server]) if (fd >= 0) closeSocket(fd);
    for (const watcher of Object.values(watchers)) watcher.close();
  }
}

type Pair = { sent: number | null; arrives: number | null };
type Options = { syn: Pair; synAck: Pair };
type Place = 'client' | 'server' | 'wan';
type Connection = { port: number; accepts: 'client' | 'server' };

function read(watchers: Record<Place, Watcher>, tallies: Record<Place, Tally>, mss: Options, of: Connection): void {
  for (const place of ['client', 'server', 'wan'] as const) {
    for (let sight = watchers[place].next(); sight; sight = watchers[place].next()) {
      tallies[place].add(sight);
      if (place === 'wan') continue;
      const syn = synOf(sight, of.port);
      if (!syn) continue;
      const pair = syn.ack ? mss.synAck : mss.syn;
      if (syn.ack === (place === of.accepts)) pair.sent ??= syn.mss;
      else pair.arrives ??= syn.mss;
    }
  }
}

/** The MSS option of a SYN of this connection. */
function synOf({ head, version, fragment }: Sight, port: number): { ack: boolean; mss: number } | null {
  const at = version === 4 ? (head[0]! & 15) * 4 : 40;
  if (fragment || head[version === 4 ? 9 : 6] !== IPPROTO_TCP || head.length < at + 20 || !(head[at + 13]! & 2))
    return null;
  if (head.readUInt16BE(at) !== port && head.readUInt16BE(at + 2) !== port) return null;
  const end = at + (head[at + 12]! >> 4) * 4;
  for (let option = at + 20; option + 3 < end && head[option] !== 0; ) {
    if (head[option] === 2) return { ack: (head[at + 13]! & 16) !== 0, mss: head.readUInt16BE(option + 2) };
    option += head[option] === 1 ? 1 : Math.max(2, head[option + 1]!);
  }
  return null;
}

function infoOf(fd: number): TcpResult['sender'] {
  const info = getOption(fd, IPPROTO_TCP, TCP_INFO, 232);
  return { sndMss: info.readUInt32LE(16), pathMtu: info.readUInt32LE(60), retransmits: info.readUInt32LE(100) };
}
