import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { FarEnd } from '../../../src/io/far/far-end.js';
import { Lines } from '../../../src/io/far/lines.js';
import { Session } from '../../../src/io/far/session.js';
import type { UdpPort } from '../../../src/io/far/udp-port.js';
import { WayEngine } from '../../../src/io/far/way-engine.js';
import { clampOf, findingsOfWays } from '../../../src/probe/far/judge.js';
import { type FarReport, LONGEST_LINE } from '../../../src/probe/far/message.js';
import { unknownOf, wayOf } from '../../../src/probe/far/way.js';
import { SCHEMA_VERSION } from '../../../src/schema-version.js';
import type { Printed } from '../family.js';
import { written } from '../written.js';
import { answering, measured } from './measured.js';

/** A connection without a network: what comes is emitted, what goes is forgotten. */
class Pipe extends EventEmitter {
  readonly writableLength = 0;
  said = '';
  write(text: string): boolean {
    this.said += text;
    return true;
  }
  destroy(): void {}
}

const linesOver = (pipe: Pipe): Lines =>
  new Lines(pipe as unknown as Readable, pipe as unknown as Writable, LONGEST_LINE.proven);

/** What a proven end says to `mtucalc listen`. */
export function toListener(text: string): Printed[] {
  const pipe = new Pipe();
  const lines = linesOver(pipe);
  const udp = { join: () => () => undefined, leave() {} } as unknown as UdpPort;
  const session = new Session(lines, { libc: undefined, udp, port: 9846, syn: false, allows: () => true });
  lines.onEnd = () => session.end();
  pipe.emit('data', Buffer.from(text));
  pipe.emit('end');
  return pipe.said.split('\n').flatMap((line) => (line === '' ? [] : [{ format: 'json', text: line }]));
}

const far = { family: 4, address: '198.51.100.7', source: '192.0.2.9', sourceGiven: false, zoned: false } as const;

/** What a far end says to `mtucalc probe --peer`, and what is made of it. @throws MtucalcError where it does not begin */
export async function toProber(text: string): Promise<Printed[]> {
  const pipe = new Pipe();
  const options = { ...far, device: undefined, pps: 500, ports: { udp: 9846, tcp: 9846 }, localMtu: 1500 };
  const opened = FarEnd.open(linesOver(pipe), undefined, options);
  const end = text.indexOf('\n') + 1;
  pipe.emit('data', Buffer.from(text.slice(0, end)));
  if (end === 0) pipe.emit('end');
  const end1 = await opened;
  const reports: FarReport[] = [];
  const back = new WayEngine('back', end1);
  end1.listeners.add((report) => reports.push(report));
  pipe.emit('data', Buffer.from(text.slice(end)));
  pipe.emit('end');
  end1.close();
  const replies = reports.flatMap((report) => (report.is === 'heard' ? [report.reply] : []));
  const result = await measured(answering(replies, 'errqueue'), far.address, { alone: true, explicit: 'udp' });
  const last = <K extends FarReport['is']>(is: K) =>
    reports.findLast((report): report is Extract<FarReport, { is: K }> => report.is === is);
  const bulk = {
    tcp: last('tcp'),
    sent: 1460,
    sendMax: 1448,
    pathMtu: 1500,
    there: last('bulk') ?? { octets: 0, segment: null },
    back: { octets: 16_384, segment: 1448 },
  };
  const ptb = [...back.ptb].map(([from, mtu]) => ({ from, mtu }));
  const udp = { measured: result, fragments: null, pieces: last('got')?.piece ?? null, ptb };
  const there = wayOf('there', 4, udp, bulk, null);
  const way = wayOf('back', 4, udp, bulk, null);
  const clamp = clampOf(there.mss, way.mss);
  const answer = {
    schemaVersion: SCHEMA_VERSION,
    host: 'host',
    address: far.address,
    family: 4,
    peer: 'peer',
    port: end1.ready.port,
    there,
    back: way,
    clamp,
    findings: findingsOfWays(there, way, clamp, 4),
    unknown: unknownOf({ greeting: null, koffi: true, far: end1.ready, there, back: way }),
    elapsedMs: 1,
  } as const;
  return written('far', answer, ['json', 'text']);
}
