import { BlockList, createServer, isIP, type Server, type Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { MtucalcError } from '../../error.js';
import { FAR_VERSION, isNonce, LONGEST_LINE, SESSION_LIMITS } from '../../probe/far/message.js';
import { cannotListen } from '../cannot-listen.js';
import { type Libc, loadLibc } from '../libc.js';
import { saveSyns } from './data-port.js';
import { Lines } from './lines.js';
import { isSame, newNonce, proofsOf } from './proof.js';
import { Session, type Shared } from './session.js';
import { UdpPort } from './udp-port.js';
import { Waiting } from './waiting.js';

/** Where and for whom. */
export interface ListenerOptions {
  readonly address: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Networks that may take part, `address` or `address/length`; none: everybody. */
  readonly allow: readonly string[];
  readonly token: string;
  /** What happens, a line each. Addresses are as the kernel writes them. */
  readonly log: (says: string) => void;
  /** A session has ended. */
  readonly onSession?: () => void;
}

export interface Counts {
  readonly sessions: number;
  /** Connections that proved nothing. */
  readonly refused: number;
}

/**
 * Two streams of node:stream, from the other end and to it; said without its types, which a TypeScript project may not
 * have.
 */
export interface ProvenStream {
  readonly from: { pause(): unknown };
  readonly to: { write(text: string): unknown };
}

/** A far end that listens. */
export interface Listener {
  readonly address: string;
  readonly port: number;
  /** What of the measurements this host can do. */
  readonly can: { readonly udp: boolean; readonly syn: boolean };
  /** A session over a stream that somebody else has proven: ssh. */
  serve(stream: ProvenStream): void;
  counts(): Counts;
  close(): Promise<void>;
}

/** Between two lines on tokens that were not proven, milliseconds. */
const QUIET = 1000;

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');

/** @throws MtucalcError where the address cannot be had, or a network is none. */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const allowed = networks(options.allow);
  const allows = (address: string): boolean =>
    allowed === undefined || allowed.check(plain(address), isIP(plain(address)) === 6 ? 'ipv6' : 'ipv4');
  const libc: Libc | undefined = await loadLibc().catch(() => undefined);
  const waiting = new Waiting();
  const sessions = new Map<string, Session>();
  const counts = { sessions: 0, refused: 0 };
  const server: Server = createServer({ noDelay: true });
  await bound(server, options);
  const { port } = server.address() as { port: number };
  const syn = libc !== undefined && saveSyns(libc, server);
  const shared: Shared = { libc, udp: libc && new UdpPort(libc, port), port, syn, allows };

  const begin = (lines: Lines, from: string): void => {
    const session = new Session(lines, shared);
    const number = ++counts.sessions;
    sessions.set(session.tag, session);
    options.log(`session ${number} from ${from}: begins`);
    lines.onEnd = () => {
      session.end();
      sessions.delete(session.tag);
      options.log(`session ${number} from ${from}: over`);
      options.onSession?.();
    };
  };
  const open = new Set<Socket>();
  let mute = 0;
  server.on('connection', (socket) => {
    const from = plain(socket.remoteAddress ?? '');
    socket.on('error', () => {});
    if (!allows(from)) {
      counts.refused++;
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    waiting.add(socket, from, (line, octets) => {
      const { data, connection, mtucalc, nonce } = line;
      const session = typeof data === 'string' ? sessions.get(data) : undefined;
      if (session && typeof connection === 'number' && connection >= 0 && connection < 256) {
        waiting.remove(socket);
        session.connection(socket, Math.floor(connection));
      } else if (mtucalc === FAR_VERSION && isNonce(nonce) && sessions.size < SESSION_LIMITS.sessions) {
        const own = newNonce();
        const proofs = proofsOf(options.token, nonce, own);
        const challenge = `${JSON.stringify({ nonce: own })}\n`;
        if (challenge.length > octets) return waiting.refuse(socket);
        socket.write(challenge);
        waiting.next(socket, ({ proof }) => {
          if (!isSame(proof, proofs.near) || sessions.size >= SESSION_LIMITS.sessions) {
            // Who floods does not fill a disk.
            if (performance.now() > mute) {
              options.log(`${from}: the token was not proven`);
              mute = performance.now() + QUIET;
            }
            return waiting.refuse(socket);
          }
          waiting.remove(socket);
          socket.write(`${JSON.stringify({ proof: proofs.far })}\n`);
          const lines = new Lines(socket, socket, LONGEST_LINE.proven);
          lines.seal({ key: proofs.key, from: 'far' }, LONGEST_LINE.proven);
          begin(lines, from);
        });
      } else waiting.refuse(socket);
    });
  });
  waiting.onGiveUp = () => counts.refused++;

  return {
    address: options.address,
    port,
    can: { udp: libc !== undefined, syn },
    serve({ from, to }) {
      begin(new Lines(from as Readable, to as Writable, LONGEST_LINE.proven), 'ssh');
    },
    counts: () => ({ ...counts }),
    async close() {
      waiting.close();
      for (const session of sessions.values()) session.end();
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

function networks(allow: readonly string[]): BlockList | undefined {
  if (allow.length === 0) return undefined;
  const list = new BlockList();
  for (const text of allow) {
    const [, address = '', length] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const family = isIP(address);
    const bits = length === undefined ? (family === 4 ? 32 : 128) : Number(length);
    if (family === 0 || bits > (family === 4 ? 32 : 128))
      throw new MtucalcError('bad-value', `--allow ${text} is no network`, 'as 192.0.2.0/24 or 2001:db8::/32');
    list.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

function bound(server: Server, { address, port }: ListenerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(address, port, error)));
    server.listen({ host: address, port, backlog: 1024, ipv6Only: address !== '::' }, resolve);
  });
}
