import type { HopPlace } from '../result.js';

export const placeText = ({ hop, address }: HopPlace): string =>
  hop === 0
    ? 'this host'
    : hop === null
      ? (address ?? 'an unknown hop')
      : `hop ${hop}${address ? ` (${address})` : ''}`;

/** Codes of destination unreachable: RFC 792 and RFC 1812 section 5.2.7.1; RFC 4443 section 3.1. */
const refusals: Record<4 | 6, Readonly<Record<number, string>>> = {
  4: {
    0: 'the network is unreachable',
    1: 'the host is unreachable',
    2: 'the protocol is unreachable',
    3: 'the port is unreachable',
    6: 'the network is unknown',
    7: 'the host is unknown',
    9: 'the network is administratively prohibited (a filter)',
    10: 'the host is administratively prohibited (a filter)',
    13: 'communication is administratively prohibited (a filter)',
  },
  6: {
    0: 'there is no route',
    1: 'communication is administratively prohibited (a filter)',
    2: 'the address is beyond the scope of the source',
    3: 'the address is unreachable',
    4: 'the port is unreachable',
    5: 'the source address fails a policy (a filter)',
    6: 'the route rejects it (a filter)',
  },
};

/** What an ICMP "unreachable" says, in words. */
export const refusalText = (family: 4 | 6, code: number): string =>
  refusals[family][code] ?? `the target is unreachable (code ${code})`;
