import type { Finding } from '../../finding.js';
import type { Catalogue, EncrRow, IntegRow } from '../../mtu/catalogue.js';
import { suitesAsked } from '../../mtu/proposals.js';
import { type Suite, suiteName } from '../../mtu/suite.js';
import { IP_HEADER } from '../../packet/ip-header.js';
import { finding, plural } from '../detector.js';
import { spiName, type TunnelFlow } from '../log/tunnel-log.js';
import { coarsest, lengthsOf, stepOf } from './esp-lengths.js';
import { fits } from './esp-only.js';

const UDP_HEADER = 8;
/** Fewer different lengths than this are shared by many suites by chance. */
const FEW = 4;
/** Enough different lengths that a cipher which pads to 4 octets would have shown one between two blocks. */
const TELLING = 6;

/** One SA beside the cipher that was named. */
interface Checked {
  readonly tunnel: TunnelFlow;
  readonly lengths: readonly number[];
  /** Lengths that the nearest of the suites named cannot have. */
  readonly against: readonly number[];
  /** Integrity algorithms that would make it fit, where none was named. */
  readonly instead: readonly string[];
}

/** Whether the lengths of the ESP packets can belong to the cipher that was named; any proposal of a list will do. */
export function cipherFindings(
  cipher: string | Suite,
  auth: string | undefined,
  tunnels: readonly TunnelFlow[],
  catalogue: Catalogue,
): Finding[] {
  const suites = suitesAsked(cipher, catalogue, { auth });
  const named = suites.map(suiteName).join(', or ');
  const block = Math.max(...suites.map(({ encr }) => Math.max(4, encr?.block ?? 4)));
  const checked = tunnels.map((tunnel) => check(tunnel, suites, catalogue)).filter(({ lengths }) => lengths.length > 0);
  const fitting = checked.filter(({ against }) => against.length === 0);
  const doubted = fitting.filter(({ lengths }) => isUnlikely(lengths, block));
  const sound = fitting.filter((one) => !doubted.includes(one));
  const besides = sound.length > 0 ? ` It does fit ${spisOf(sound)}.` : '';
  return [
    ...checked
      .filter(({ against, instead }) => against.length > 0 && instead.length === 0)
      .map((one) => contradicted(one, named, besides)),
    ...checked.filter(({ instead }) => instead.length > 0).map((one) => otherIntegrity(one, suites)),
    ...doubted.map((one) => unlikely(one, named, block)),
    ...(sound.length > 0 ? [confirmed(sound, named)] : []),
  ];
}

function check(tunnel: TunnelFlow, suites: readonly Suite[], catalogue: Catalogue): Checked {
  const lengths = lengthsOf([tunnel]);
  const around = IP_HEADER[tunnel.family] + (tunnel.natt ? UDP_HEADER : 0);
  const misfits = (encr: EncrRow, integ: IntegRow | null): number[] => {
    const icv = encr.icv + (integ?.icv ?? 0);
    const shape = { ...encr, icv, suites: [], align: Math.max(4, encr.block) };
    return lengths.filter((length) => !fits(shape, length - around));
  };
  const against = suites.map(({ encr, integ }) => (encr ? misfits(encr, integ) : []));
  const least = against.reduce((best, one) => (one.length < best.length ? one : best), against[0] ?? []);
  const assumed = least.length === 0 ? [] : suites.filter(({ integAssumed }) => integAssumed);
  const possible = [...catalogue.integ]
    .filter(({ icv, ahOnly }) => icv > 0 && !ahOnly)
    .sort((left, right) => right.usual - left.usual);
  const instead = possible.filter((integ) => assumed.some(({ encr }) => encr && misfits(encr, integ).length === 0));
  return { tunnel, lengths, against: least, instead: instead.map(({ name }) => name) };
}

const endsOf = (tunnel: TunnelFlow): string => `${tunnel.from} -> ${tunnel.to} (SPI ${spiName(tunnel)})`;
const spisOf = (checked: readonly Checked[]): string =>
  `SPI ${[...new Set(checked.map(({ tunnel }) => spiName(tunnel)))].join(', ')}`;

const contradicted = ({ tunnel, lengths, against }: Checked, named: string, besides: string): Finding =>
  finding(
    'cipher-contradicted',
    'warning',
    `${endsOf(tunnel)}: ${plural(against.length, 'length')} of ${lengths.length} cannot be ${named}: ` +
      `${against.slice(0, 4).join(', ')} octets leave no whole blocks.${besides}`,
    against.slice(0, 8).map((length) => ({ value: length, from: `outer IP length, SPI ${spiName(tunnel)}` })),
    'see which suite was negotiated (swanctl --list-sas, ip xfrm state); `esp` in --json ranks what fits',
  );

/** The cipher may be right; the integrity algorithm, which nobody named, is another. */
function otherIntegrity({ tunnel, lengths, against, instead }: Checked, suites: readonly Suite[]): Finding {
  const assumed = suites.find(({ integAssumed }) => integAssumed);
  return finding(
    'integrity-not-assumed',
    'warning',
    `${endsOf(tunnel)}: its ${plural(lengths.length, 'length')} can be ${assumed?.encr?.name}, but not with the ` +
      `${assumed?.integ?.name} that was assumed: ${instead.slice(0, 3).join(', or ')} fits.`,
    against.slice(0, 8).map((length) => ({ value: length, from: `outer IP length, SPI ${spiName(tunnel)}` })),
    'name the integrity algorithm too, as in --cipher aes256-sha1',
  );
}

const isUnlikely = (lengths: readonly number[], block: number): boolean =>
  lengths.length >= TELLING && coarsest(stepOf(lengths)) > block;

/** Every length fits, but they keep to larger steps than the cipher needs. */
function unlikely({ tunnel, lengths }: Checked, named: string, block: number): Finding {
  const step = coarsest(stepOf(lengths));
  return finding(
    'cipher-unlikely',
    'info',
    `${endsOf(tunnel)}: ${named} pads to ${block} octets, but all ${lengths.length} lengths differ ` +
      `by multiples of ${step}: a cipher with blocks of ${step} is more likely.`,
    [{ value: stepOf(lengths), from: `greatest common step of ${lengths.length} outer IP lengths` }],
  );
}

function confirmed(sound: readonly Checked[], named: string): Finding {
  const lengths = lengthsOf(sound.map(({ tunnel }) => tunnel));
  const few = lengths.length < FEW ? ' only, too few to tell suites apart' : '';
  return finding(
    'cipher-fits',
    'info',
    `No length of ${spisOf(sound)} contradicts ${named}: ${plural(lengths.length, 'different length')}${few}.`,
    [
      { value: lengths[0]!, from: 'smallest outer IP length' },
      { value: lengths[lengths.length - 1]!, from: 'largest outer IP length' },
    ],
  );
}
