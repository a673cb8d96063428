import type { Finding } from '../finding.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { parseSuites, suiteName } from '../mtu/suite.js';
import { finding, plural } from './detector.js';
import { fits, lengthsOf, stepOf } from './esp-only.js';
import type { TunnelFlow } from './tunnel-log.js';

const UDP_HEADER = 8;
const IP_HEADER = { 4: 20, 6: 40 } as const;

/** Whether the lengths of the ESP packets can belong to the cipher that was named; any proposal of a list will do. */
export function cipherFindings(
  cipher: string,
  auth: string | undefined,
  tunnels: readonly TunnelFlow[],
  catalogue: Catalogue,
): Finding[] {
  const suites = parseSuites(cipher, catalogue, { auth });
  return tunnels.flatMap((tunnel) => {
    const lengths = lengthsOf([tunnel]);
    const around = IP_HEADER[tunnel.family] + (tunnel.natt ? UDP_HEADER : 0);
    const against = suites.map(({ encr, integ }) => {
      if (!encr) return [];
      const icv = encr.icv + (integ?.icv ?? 0);
      const shape = { ...encr, icv, suites: [], align: Math.max(4, encr.block) };
      return lengths.filter((length) => !fits(shape, length - around));
    });
    const least = against.reduce((best, one) => (one.length < best.length ? one : best), against[0] ?? []);
    if (lengths.length === 0) return [];
    const named = suites.map(suiteName).join(', or ');
    if (least.length === 0)
      return unlikely(tunnel, lengths, Math.max(...suites.map(({ encr }) => encr?.block ?? 1)), named);
    return [
      finding(
        'cipher-contradicted',
        'warning',
        `${tunnel.from} -> ${tunnel.to}: ${plural(least.length, 'length')} of ${lengths.length} cannot be ${named}: ` +
          `${least.slice(0, 4).join(', ')} octets leave no whole blocks.`,
        least.slice(0, 8).map((length) => ({ value: length, from: `outer IP length, SPI ${tunnel.spi.toString(16)}` })),
        'see which suite was negotiated (swanctl --list-sas, ip xfrm state); `esp` in --json ranks what fits',
      ),
    ];
  });
}

/** Enough different lengths that a cipher which pads to 4 octets would have shown one between two blocks. */
const TELLING = 6;

/** Every length fits, but they keep to larger steps than the cipher needs. */
function unlikely(tunnel: TunnelFlow, lengths: readonly number[], block: number, named: string): Finding[] {
  const step = stepOf(lengths);
  if (lengths.length < TELLING || step <= Math.max(4, block)) return [];
  return [
    finding(
      'cipher-unlikely',
      'info',
      `${tunnel.from} -> ${tunnel.to}: ${named} pads to ${Math.max(4, block)} octets, but all ${lengths.length} lengths differ ` +
        `by multiples of ${step}: a cipher with blocks of ${step} is more likely.`,
      [{ value: step, from: `greatest common step of ${lengths.length} outer IP lengths` }],
    ),
  ];
}
