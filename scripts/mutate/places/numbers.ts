import { judgedBy, type Place } from '../place.js';

/** Arithmetic, bytes and headers, the frame cursor. */
export const numbers: readonly Place[] = [
  ...judgedBy(
    'test/mtu',
    ['mtu/esp.ts', 'const align = Math.max(ESP_ALIGN, block);', 'const align = block;'],
    ['mtu/esp.ts', 'floorTo(room - outside, align) - ESP_TRAILER', 'floorTo(room - outside, align)'],
    ['mtu/ah.ts', '(family === 4 ? 4 : 8)', '(family === 4 ? 4 : 4)'],
    ['mtu/mss.ts', 'ipv6: mtu - fixedHeaders(6)', 'ipv6: mtu - fixedHeaders(4)'],
    ['mtu/budget.ts', 'if (linkMtu > LARGEST_PACKET) {', 'if (linkMtu > LARGEST_PACKET + 1) {'],
    ['mtu/budget.ts', '!(tunnelMtu >= MINIMUM_MTU[4])', '!(tunnelMtu > MINIMUM_MTU[4])'],
    ['mtu/budget.ts', 'const below = used - 1;', 'const below = used;'],
    ['mtu/alias.ts', 'if (sized?.keyBits?.includes(keyBits))', 'if (sized)'],
    ['mtu/alias.ts', 'at = name.indexOf(digits, at + 1)', 'at = -1'],
    ['mtu/assumptions.ts', 'hasNatT === hasNatT ?', 'hasNatT !== hasNatT ?'],
    ['mtu/openvpn.ts', 'const LEAST_PADDING = 1;', 'const LEAST_PADDING = 0;'],
  ),
  ...judgedBy(
    'test/packet test/probe/packets.test.ts',
    ['packet/checksum.ts', '((octets[even] as number) << 8)', '(octets[even] as number)'],
    ['packet/ipv4.ts', 'fragmentOffset: (flags & FRAGMENT_OFFSET) * 8', 'fragmentOffset: flags & FRAGMENT_OFFSET'],
    ['packet/tcp.ts', "if (length < 2) rest.part(0, length, 'TCP option length').need(2, 'TCP option');", ''],
    [
      'packet/icmp-message.ts',
      '(tooBigCode === null || code === tooBigCode)',
      '(tooBigCode === null || code <= tooBigCode)',
    ],
  ),
  ...judgedBy(
    'test/frame test/analyze/fuzz.test.ts',
    ['frame/read-ip.ts', '(flags & FRAGMENT_OFFSET) << 3', '(flags & FRAGMENT_OFFSET) << 2'],
    ['frame/decode-tcp.ts', 'if (at + length > end) return cut(frame, at);', ''],
    ['frame/decode-udp.ts', 'port >= SYSTEM_PORTS', 'port >= 0'],
    ['frame/decode-ip.ts', 'if (at + totalLength < end) frame.limit = at + totalLength;', ''],
    ['frame/decode.ts', 'const MOST_HEADERS = 96;', 'const MOST_HEADERS = 96_000;'],
  ),
];
