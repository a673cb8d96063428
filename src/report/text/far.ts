import type { Clamp, MssOnWay, WayResult } from '../../probe/far/result.js';
import { placeText } from '../../probe/judge/words.js';
import type { Reporter } from '../format.js';
import { findingParagraph, hostAndAddress } from './finding-paragraph.js';
import { printable } from './printable.js';
import { tableWithin } from './table.js';
import { wrapText } from './wrap.js';

/** One line with both directions, a table of them, and what follows. */
export const farText: Reporter<'far'> = (value, look) => {
  const { colour, columns } = look;
  const { host, address, there, back, clamp, findings, unknown, elapsedMs, port, peer } = value;
  const target = hostAndAddress(host, address);
  const first = `${printable(target)}: there ${inBold(there)}, back ${inBold(back)}; ${clampText(clamp)}`;
  const lines = [...wrapText(first, columns), ''];
  lines.push(...findings.flatMap((finding) => findingParagraph(finding, look)));
  if (findings.length > 0) lines.push('');
  const head = ['', 'there', 'back'];
  const rows = rowsOf
    .map(([name, cell]) => [name, cell(there), cell(back)])
    .filter(([, ...cells]) => cells.some((cell) => cell !== ''));
  lines.push(tableWithin(columns, head, rows, { colour }));
  if (unknown.length > 0)
    lines.push('', ...unknown.flatMap((one) => wrapText(`Not known: ${one}.`, columns)).map(colour.dim));
  const probes = there.probes + back.probes;
  const footer = `Far end at ${printable(peer)}, data by TCP and UDP port ${port}; ${probes} datagrams in ${Math.round(elapsedMs)} ms. Each number is what the receiving end says.`;
  lines.push('', ...wrapText(footer, columns).map(colour.dim));
  return `${lines.join('\n')}\n`;

  function inBold(way: WayResult): string {
    return colour.bold(sizeText(way));
  }
};

const sizeText = ({ pathMtu, interval, verdict }: WayResult): string =>
  pathMtu !== undefined
    ? String(pathMtu)
    : interval && verdict !== null
      ? `between ${interval.low} and ${interval.high}`
      : 'not measured';

const clampText = (clamp: Clamp): string =>
  ({
    none: 'no clamp',
    there: 'the SYN is clamped, the SYN/ACK is not',
    back: 'the SYN/ACK is clamped, the SYN is not',
    both: 'MSS clamped both ways',
    different: 'MSS clamped both ways, to different numbers',
    unknown: 'clamps not known',
  })[clamp];

const mssText = ({ sent, arrives, rewritten }: MssOnWay): string => {
  if (arrives === null) return sent === null ? 'not known' : `${sent} sent, arrival not known`;
  const where = rewritten ? `, behind ${placeText(rewritten.after)}` : '';
  return sent === null ? `arrives ${arrives}` : arrives < sent ? `${sent} -> ${arrives}${where}` : `${sent} unchanged`;
};

const rowsOf: readonly (readonly [string, (way: WayResult) => string])[] = [
  ['path MTU', sizeText],
  ['verdict', ({ verdict }) => verdict ?? ''],
  ['narrow link', ({ bottleneck }) => (bottleneck ? `behind ${placeText(bottleneck.after)}` : '')],
  [
    'PTB heard',
    ({ ptb, verdict }) =>
      verdict === null
        ? ''
        : ptb.length === 0
          ? 'none'
          : ptb.map(({ from, mtu }) => `${mtu ?? 'no number'} from ${from}`).join(', '),
  ],
  ['fragments', ({ fragments }) => fragments ?? ''],
  ['DF', ({ df }) => df ?? 'not seen'],
  ['MSS of SYN, SYN/ACK', ({ mss }) => mssText(mss)],
  [
    'TCP in full segments',
    ({ tcp: { fate, largest } }) => `${fate}${largest === null ? '' : `, packets of ${largest}`}`,
  ],
];
