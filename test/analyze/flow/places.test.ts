import { describe, expect, test } from 'vitest';
import { judge as judgeFacts } from '../../../src/analyze/judge.js';
import { FactsReader } from '../../../src/analyze/read.js';
import type { AnalyzeResult } from '../../../src/analyze/result.js';
import { CaptureReader } from '../../../src/capture/reader.js';
import { enhanced, iface, section } from '../../capture/files.js';
import { join } from '../../packet/packets.js';
import type { Timed } from '../packets.js';
import { Script } from '../script.js';

interface Placed extends Timed {
  readonly place: number;
}

/** The judgement of a pcapng file with an interface for each place. */
function judged(packets: readonly Placed[]): AnalyzeResult & { readonly capturePoints: number } {
  const blocks = packets.map(({ at, packet, place }) => {
    const ticks = 1_700_000_000_000_000 + Math.round(at * 1e6);
    const link = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x08, 0x00];
    return enhanced(Uint8Array.from([...link, ...packet]), {
      high: Math.floor(ticks / 2 ** 32),
      low: ticks % 2 ** 32,
      index: place,
    });
  });
  const octets = join(section(), iface(1), iface(1), ...blocks);
  const facts = new FactsReader({ capacity: 64 });
  const reader = new CaptureReader((frame) => facts.frame(frame), {});
  const buffer = reader.buffer(octets.length);
  buffer.set(octets);
  reader.finish(buffer.subarray(reader.consume(buffer, buffer.length)), 0);
  const read = facts.finish();
  return { ...judgeFacts(read), capturePoints: read.capturePoints };
}

const fromClient = ({ packet }: Timed): boolean => packet[12] === 10 && packet[13] === 1;
/** Each direction by an interface of its own. */
const tapped = (script: Script): Placed[] => script.packets.map((one) => ({ ...one, place: fromClient(one) ? 0 : 1 }));
const stuck = (timeouts = 4): Script => {
  const script = new Script().handshake().transfer('client', 100, 1);
  const first = script.next.client;
  for (let n = 0; n < 6; n++) script.data('client', 1448);
  for (let n = 0, wait = 0.3; n < timeouts; n++, wait *= 2)
    script.wait(wait).segment('client', { seq: first, data: 1448 });
  return script;
};

describe('a tap, an interface for each direction', () => {
  test('is one place: the black hole is as certain as on one interface', () => {
    const { verdict, capturePoints, flowCounts } = judged(tapped(stuck()));
    expect([verdict, capturePoints, flowCounts.tcp]).toEqual(['black-hole', 1, 1]);
  });
  test('what was acknowledged on the other interface arrived', () => {
    const { verdict, paths } = judged(tapped(new Script().handshake().transfer('client', 1460, 5)));
    expect(verdict).toBe('ok');
    expect(paths).toContainEqual({ from: '10.1.0.2', to: '10.2.0.2', arrived: 1500, lost: null, ptb: null });
  });
  test.for([
    [2.9, 1],
    [3.1, 2],
  ] as const)('directions that follow each other after %d s are %d flow(s)', ([wait, flows]) => {
    const script = new Script().segment('client', { seq: 1001 }).wait(wait).segment('server', { seq: 9001 });
    expect(judged(tapped(script)).flowCounts.tcp).toBe(flows);
  });
});

describe('both sides of a device', () => {
  /** Each packet at both, a moment later at the second with a TTL of one less; `lost` says which never get there. */
  const passed = (script: Script, lost: (one: Timed) => boolean): Placed[] =>
    script.packets.flatMap((one) => {
      const there = [...one.packet];
      there[8] = 63;
      const [near, far] = fromClient(one) ? [0, 1] : [1, 0];
      const first = { ...one, place: near };
      return lost(one) ? [first] : [first, { at: one.at + 1e-6 / 2, packet: there, place: far }];
    });
  const large = ({ packet }: Timed): boolean => packet.length > 1400;
  test('what comes to the one and never to the other is not passed on', () => {
    const { verdict, findings, capturePoints, paths } = judged(passed(stuck(), large));
    expect([verdict, capturePoints]).toEqual(['not-passed-on', 2]);
    expect(findings.map(({ code }) => code)).toContain('capture-points');
    expect(paths).toContainEqual(expect.objectContaining({ from: '10.1.0.2', to: '10.2.0.2', lost: 1488 }));
  });
  test.for([
    [1, false],
    [2, true],
  ] as const)('after %d timeout(s): %s', ([timeouts, said]) => {
    expect(judged(passed(stuck(timeouts), large)).findings.some(({ code }) => code === 'not-passed-on')).toBe(said);
  });
  test('what is lost further on is not laid to the device', () => {
    const { verdict, findings } = judged(passed(stuck(), () => false));
    expect(verdict).toBe('black-hole');
    expect(findings.map(({ code }) => code)).not.toContain('not-passed-on');
  });
  test('nothing is, where all is well', () => {
    const { verdict, findings } = judged(
      passed(new Script().handshake().transfer('client', 1460, 5).transfer('server', 1460, 5), () => false),
    );
    expect(verdict).toBe('ok');
    expect(findings.map(({ code }) => code)).toEqual(['capture-points']);
  });
});
