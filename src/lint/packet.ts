import { TCP_FLAG } from '../packet/tcp.js';
import { type Address, within } from './addresses.js';
import type { Role, Span, State, Test } from './ruleset.js';

/** An interface a packet passes; without a name it is one that the file does not name. */
export interface Port {
  readonly name?: string | undefined;
  readonly role: Role;
}

/** One packet as rules see it. */
export interface Packet {
  readonly family: 4 | 6;
  readonly protocol: 'tcp' | 'icmp' | 'icmpv6';
  readonly flags: number;
  /** Octets of the whole IP packet. */
  readonly size: number;
  readonly state: State;
  /** Whether it goes against the direction of the connection's first packet. */
  readonly reply: boolean;
  readonly in: Port;
  readonly out: Port;
  readonly from: Address;
  readonly to: Address;
  readonly ipsecIn: boolean;
  readonly ipsecOut: boolean;
  /** Undefined: some port that no rule names. */
  readonly sourcePort?: number | undefined;
  readonly destinationPort?: number | undefined;
  readonly icmp?: { readonly type: number; readonly code: number } | undefined;
}

/** What rules on the way may change. */
export interface Marks {
  readonly mark: string;
  readonly connectionMark: string;
  readonly untracked: boolean;
}

export type Answer = 'yes' | 'no' | 'maybe';

const inverse = { yes: 'no', no: 'yes', maybe: 'maybe' } as const;
const answer = (is: boolean): Answer => (is ? 'yes' : 'no');
const inSpans = (spans: readonly Span[], value: number): boolean =>
  spans.some(([low, high]) => low <= value && value <= high);

/** Whether one condition holds for a packet; `mss` is asked elsewhere. */
export function holds(test: Test, packet: Packet, marks: Marks): Answer {
  const plain = plainly(test, packet, marks);
  return test.not ? inverse[plain] : plain;
}

function plainly(test: Test, packet: Packet, marks: Marks): Answer {
  switch (test.on) {
    case 'family':
      return answer(test.is === packet.family);
    case 'protocol':
      return answer(test.is.includes(packet.protocol));
    case 'in':
    case 'out':
      return named(packet[test.on], test.names, test.roles ?? []);
    case 'from':
    case 'to':
      return answer(within(test.set, packet[test.on]));
    case 'flags': {
      const masked = packet.flags & test.mask;
      return answer(packet.protocol === 'tcp' && (test.any ? masked !== 0 : masked === test.value));
    }
    case 'size':
      return answer(inSpans(test.spans, packet.size));
    case 'source-port':
      return port(packet.sourcePort, test.spans);
    case 'destination-port':
      return port(packet.destinationPort, test.spans);
    case 'port':
      return answer(
        port(packet.sourcePort, test.spans) === 'yes' || port(packet.destinationPort, test.spans) === 'yes',
      );
    case 'state':
      return answer(test.is.includes(marks.untracked ? 'untracked' : packet.state));
    case 'reply':
      return answer(test.is === packet.reply);
    case 'ipsec':
      return answer((test.way === 'in' ? packet.ipsecIn : packet.ipsecOut) === test.is);
    case 'mark':
      return sameMark(marks.mark, test);
    case 'connection-mark':
      return sameMark(marks.connectionMark, test);
    case 'icmp':
      return answer(
        test.types.some(
          ({ type, code }) => packet.icmp?.type === type && (code ?? packet.icmp.code) === packet.icmp.code,
        ),
      );
    case 'never':
      return 'no';
    default:
      return 'maybe';
  }
}

function named({ name, role }: Port, names: readonly string[], roles: readonly Role[]): Answer {
  if (roles.includes(role)) return 'yes';
  const known = name ?? '';
  return answer(
    names.some((one) => (one.endsWith('*') ? known.startsWith(one.slice(0, -1)) && known !== '' : one === known)),
  );
}

/** A port without a number is one that no rule names, so only a range over all of them has it. */
const port = (value: number | undefined, spans: readonly Span[]): Answer =>
  answer(value === undefined ? spans.some(([low, high]) => high - low > 30_000) : inSpans(spans, value));

function sameMark(mark: string, { value, mask }: { readonly value: string; readonly mask?: number }): Answer {
  if (mask === undefined || !/^\d+$/.test(mark) || !/^\d+$/.test(value)) return answer(mark === value);
  return answer((Number(mark) & mask) >>> 0 === Number(value));
}

export const SYN = TCP_FLAG.syn;
export const SYN_ACK = TCP_FLAG.syn | TCP_FLAG.ack;
