import { describe, expect, test } from 'vitest';
import { Bytes } from '../../src/packet/bytes.js';
import { checksum, fold, pseudoSum, sum16 } from '../../src/packet/checksum.js';
import { emitIcmp, parseIcmp } from '../../src/packet/icmp.js';
import { emitIcmpv6 } from '../../src/packet/icmpv6.js';
import { emitIpv4, ipv4Octets, parseIpv4 } from '../../src/packet/ipv4.js';
import { ipv6Octets, parseIpv6 } from '../../src/packet/ipv6.js';
import { emitTcp, parseTcp } from '../../src/packet/tcp.js';
import { readIcmp, readTcp } from '../../src/probe/answers.js';
import { emitProbe, type Flow, flowOf, headersOf } from '../../src/probe/packets.js';

const v4: Flow = {
  family: 4,
  source: '192.0.2.1',
  destination: '198.51.100.7',
  identifier: 0x1234,
  sourcePort: 40000,
  destinationPort: 33434,
  sequenceBase: 0xfff00000,
};
const v6: Flow = { ...v4, family: 6, source: '2001:db8::1', destination: '2001:db8::7' };
const ROUTER = '203.0.113.1';
const flows = [v4, v6] as const;
const protocols = ['icmp', 'udp', 'tcp'] as const;
const combinations = flows.flatMap((flow) =>
  protocols.map((protocol) => ({ flow, protocol, name: `IPv${flow.family} ${protocol}` })),
);

/** What a raw socket delivers: IPv4 with its header, IPv6 without. */
function delivered(flow: Flow, body: Uint8Array, from: string, protocol: number, ttl = 60): Uint8Array {
  if (flow.family === 6) return body;
  const packet = new Bytes(new Uint8Array(20 + body.length));
  const fixed = {
    headerLength: 20,
    tos: 0,
    identification: 9,
    dontFragment: false,
    moreFragments: false,
    fragmentOffset: 0,
  };
  emitIpv4({ ...fixed, totalLength: packet.length, ttl, protocol, source: from, destination: flow.source }, packet);
  packet.putAll(20, body);
  return packet.octets;
}

type ErrorKind = 'too-big' | 'unreachable' | 'time-exceeded';
function icmpError(
  flow: Flow,
  kind: ErrorKind,
  quoted: Uint8Array,
  { from = ROUTER, code = 0, mtu = 1400 } = {},
): Uint8Array {
  const body = new Bytes(new Uint8Array(8 + quoted.length));
  const quote = new Bytes(quoted);
  const message = kind === 'too-big' ? ({ kind, nextHopMtu: mtu, quote } as const) : ({ kind, code, quote } as const);
  if (flow.family === 4) emitIcmp(message, body);
  else emitIcmpv6(message, body, from, flow.source);
  return delivered(flow, body.octets, from, 1);
}

describe('what is sent', () => {
  test.for(combinations)('$name: the size asked for, DF, the TTL, a right checksum', ({ flow, protocol }) => {
    for (const size of [headersOf(flow.family, protocol) + 4, 1280, 1401, 1500]) {
      const packet = new Bytes(emitProbe(flow, { protocol, size, ttl: 3 }, 77));
      expect(packet.length).toBe(size);
      const header = flow.family === 4 ? 20 : 40;
      const body = packet.octets.subarray(header);
      const octets = flow.family === 4 ? ipv4Octets : ipv6Octets;
      if (flow.family === 4) {
        expect(parseIpv4(packet)).toMatchObject({ totalLength: size, dontFragment: true, ttl: 3, identification: 77 });
        expect(checksum(packet.octets.subarray(0, 20))).toBe(0);
      } else expect(parseIpv6(packet)).toMatchObject({ payloadLength: size - 40, hopLimit: 3 });
      const number = { icmp: flow.family === 4 ? 1 : 58, udp: 17, tcp: 6 }[protocol];
      const pseudo =
        flow.family === 4 && protocol === 'icmp'
          ? 0
          : pseudoSum(octets(flow.source), octets(flow.destination), number, body.length);
      expect(fold(sum16(body, pseudo))).toBe(0);
    }
  });

  test.for(flows)('IPv$family: identifier and checksum of echoes stay the same whatever size and number', (flow) => {
    const at = flow.family === 4 ? 20 : 40;
    const seen = new Set<string>();
    for (const size of [1280, 1281, 1400, 1500])
      for (const number of [1, 2, 255, 256, 0xfffe]) {
        const packet = emitProbe(flow, { protocol: 'icmp', size, ttl: 64 }, number);
        seen.add(Buffer.from(packet.subarray(at, at + 6)).toString('hex'));
      }
    expect(seen.size).toBe(1);
  });

  test('a SYN carries ports that stay and a sequence number that tells the probe', () => {
    const segment = (number: number) =>
      parseTcp(new Bytes(emitProbe(v4, { protocol: 'tcp', size: 1400, ttl: 64 }, number)).part(20));
    expect(segment(1)).toMatchObject({ sourcePort: 40000, destinationPort: 33434, flags: 2, sequence: 0xfff10000 });
    expect(segment(0x10).sequence).toBe(0); // wraps
  });
});

test('towards an open port every SYN has a port of its own, and its answers are known by it', () => {
  const flow: Flow = { ...v4, ownPortEach: true };
  const packet = emitProbe(flow, { protocol: 'tcp', size: 1400, ttl: 64 }, 77);
  expect(parseTcp(new Bytes(packet).part(20)).sourcePort).toBe(0x4000 + 77);
  expect(readIcmp(flow, icmpError(flow, 'too-big', packet.subarray(0, 28)), ROUTER)?.number).toBe(77);
  expect(readIcmp(v4, icmpError(v4, 'too-big', packet.subarray(0, 28)), ROUTER)).toBeUndefined();
  // What went out before the port was found open still counts.
  const earlier = emitProbe(v4, { protocol: 'tcp', size: 1400, ttl: 64 }, 3);
  expect(readIcmp(flow, icmpError(flow, 'too-big', earlier.subarray(0, 28)), ROUTER)?.number).toBe(3);
});

describe('what comes back', () => {
  const sent = (flow: Flow, protocol: (typeof protocols)[number], number = 77, ttl = 64) =>
    emitProbe(flow, { protocol, size: 1500, ttl }, number);

  test.for(combinations)('$name: PTB, time exceeded, unreachable, with the quote', ({ flow, protocol }) => {
    const packet = sent(flow, protocol);
    // IPv4 routers need quote no more than 8 octets of payload; a UDP probe is then known by its IP identification.
    const quoted = packet.subarray(0, flow.family === 4 ? 28 : 56);
    const quote = { length: 1500, ttl: 64, dontFragment: true, moreFragments: false };
    expect(readIcmp(flow, icmpError(flow, 'too-big', quoted), ROUTER)).toMatchObject({
      number: 77,
      reply: { kind: 'too-big', from: ROUTER, nextHopMtu: 1400, quote },
    });
    expect(readIcmp(flow, icmpError(flow, 'too-big', quoted, { mtu: 0 }), ROUTER)?.reply).toMatchObject({
      nextHopMtu: null,
    });
    expect(readIcmp(flow, icmpError(flow, 'time-exceeded', quoted), ROUTER)).toMatchObject({
      number: 77,
      reply: { kind: 'hop', from: ROUTER, quote },
    });
    expect(readIcmp(flow, icmpError(flow, 'unreachable', quoted, { code: 1 }), ROUTER)?.reply).toEqual({
      kind: 'unreachable',
      from: ROUTER,
      code: 1,
    });
    expect(readIcmp(flow, icmpError(flow, 'time-exceeded', quoted, { code: 1 }), ROUTER)).toBeUndefined();
  });

  test.for(flows)('IPv$family: port unreachable of the target is an arrival, of a router it is not', (flow) => {
    const code = flow.family === 4 ? 3 : 4;
    const quoted = sent(flow, 'udp').subarray(0, 60);
    const { destination } = flow;
    expect(
      readIcmp(flow, icmpError(flow, 'unreachable', quoted, { code, from: destination }), destination)?.reply.kind,
    ).toBe('arrived');
    expect(readIcmp(flow, icmpError(flow, 'unreachable', quoted, { code }), ROUTER)?.reply.kind).toBe('unreachable');
  });

  test('a quote shows what a router before it did: DF cleared, a fragment', () => {
    const packet = new Bytes(sent(v4, 'icmp').slice());
    packet.put16(6, 0x2000);
    packet.put16(2, 1396);
    expect(readIcmp(v4, icmpError(v4, 'time-exceeded', packet.octets.subarray(0, 28)), ROUTER)?.reply).toMatchObject({
      quote: { dontFragment: false, moreFragments: true, length: 1396 },
    });
  });

  test.for(flows)('IPv$family: a quoted SYN shows its MSS, where it is quoted that far', (flow) => {
    const packet = sent(flow, 'tcp').slice();
    const at = flow.family === 4 ? 20 : 40;
    const mss = (quoted: Uint8Array) => {
      const reply = readIcmp(flow, icmpError(flow, 'time-exceeded', quoted), ROUTER)?.reply;
      return reply?.kind === 'hop' ? reply.quote?.mss : 'no answer';
    };
    expect(mss(packet.subarray(0, at + 24))).toBe(flow.family === 4 ? 1460 : 1440);
    new Bytes(packet).put16(at + 22, 1300);
    expect(mss(packet.subarray(0, at + 24))).toBe(1300);
    expect(mss(packet.subarray(0, at + 23))).toBeUndefined();
    expect(mss(packet.subarray(0, at + 8))).toBeUndefined();
  });

  const foreign: readonly (readonly [string, (flow: Flow) => Partial<Flow>])[] = [
    ['another identifier or port', () => ({ identifier: 0x4321, sourcePort: 40001 })],
    ['another target', (flow) => ({ destination: flow.family === 4 ? '198.51.100.8' : '2001:db8::8' })],
  ];
  test.for(combinations.flatMap((one) => foreign.map(([what, change]) => ({ ...one, what, change }))))(
    '$name: a quote with $what is not ours',
    ({ flow, protocol, change }) => {
      const quoted = sent({ ...flow, ...change(flow) }, protocol).subarray(0, 60);
      for (const kind of ['too-big', 'time-exceeded', 'unreachable'] as const)
        expect(readIcmp(flow, icmpError(flow, kind, quoted), ROUTER)).toBeUndefined();
    },
  );

  test.for(combinations)(
    '$name: every truncation of a PTB is an answer or nothing, never a crash',
    ({ flow, protocol }) => {
      const whole = icmpError(flow, 'too-big', sent(flow, protocol).subarray(0, 64));
      for (let n = 0; n < whole.length; n++) {
        const answer = readIcmp(flow, whole.subarray(0, n), ROUTER);
        if (answer) expect(answer).toMatchObject({ number: 77, reply: { kind: 'too-big', nextHopMtu: 1400 } });
      }
      expect(readIcmp(flow, whole, ROUTER)?.number).toBe(77);
    },
  );

  test('an echo reply counts only from the target and with our identifier', () => {
    const echo = (identifier: number): Uint8Array => {
      const body = new Bytes(new Uint8Array(16));
      emitIcmp({ kind: 'echo-reply', identifier, sequence: 5, data: new Bytes(new Uint8Array(8)) }, body);
      return body.octets;
    };
    const from = (address: string, identifier = 0x1234) =>
      readIcmp(v4, delivered(v4, echo(identifier), address, 1), address);
    expect(from(v4.destination)).toMatchObject({ number: 5, reply: { kind: 'arrived', ttl: 60 } });
    expect(from(ROUTER)).toBeUndefined();
    expect(from(v4.destination, 1)).toBeUndefined();
    const own = delivered(v4, sent(v4, 'icmp').subarray(20), v4.destination, 1);
    expect(parseIcmp(new Bytes(own.subarray(20))).kind).toBe('echo');
    expect(readIcmp(v4, own, v4.destination)).toBeUndefined();
  });

  test.for(flows)('IPv$family: SYN-ACK and RST tell which SYN arrived', (flow) => {
    const answer = (flags: number, acknowledgement: number, sourcePort = 33434): Uint8Array => {
      const body = new Bytes(new Uint8Array(20));
      const ports = { sourcePort, destinationPort: 40000, sequence: 1, window: 0, headerLength: 20, mss: undefined };
      emitTcp({ ...ports, flags, acknowledgement }, body, 0);
      return delivered(flow, body.octets, flow.destination, 6);
    };
    const sequence = (number: number): number => (flow.sequenceBase + number * 0x10000) % 2 ** 32;
    const read = (message: Uint8Array, from = flow.destination) => readTcp(flow, message, from);
    expect(read(answer(0x12, sequence(77) + 1))).toMatchObject({ number: 77, reply: { kind: 'arrived', open: true } });
    expect(read(answer(0x14, sequence(77) + 1 + 1460))).toMatchObject({ number: 77, reply: { kind: 'arrived' } });
    expect(read(answer(0x10, sequence(77) + 1))).toBeUndefined();
    expect(read(answer(0x14, sequence(77) + 1, 443))).toBeUndefined();
    expect(read(answer(0x14, sequence(77) + 1), ROUTER)).toBeUndefined();
  });
});

test('a SYN of the host itself is no answer, whatever its numbers; with ACK it is', () => {
  const segment = (flags: number) => {
    const header = { sourcePort: v4.destinationPort, destinationPort: v4.sourcePort, sequence: 1, window: 0 };
    const body = new Bytes(new Uint8Array(20));
    emitTcp({ ...header, acknowledgement: 0xfff10001, headerLength: 20, flags, mss: undefined }, body, 0);
    return readTcp(v4, delivered(v4, body.octets, v4.destination, 6), v4.destination)?.number;
  };
  expect([segment(0x12), segment(0x14), segment(0x02), segment(0x04)]).toEqual([1, 1, undefined, undefined]);
});

test.for([
  [5, 65_535],
  [6, 65_524],
] as const)('flow %i beside the one of port 65530 has port %i', ([flow, port]) => {
  expect(flowOf({ ...v4, sourcePort: 65_530 }, { flow }, 33_434).sourcePort).toBe(port);
});
