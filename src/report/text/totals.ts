import type { CaptureValue } from '../../analyze/capture-value.js';
import { plural } from '../../analyze/detector.js';
import { nameOf } from '../capture-name.js';
import type { Look } from '../look.js';
import { printable } from './printable.js';
import { indented, wrapText } from './wrap.js';

/** Columns of the words in front. */
const LABEL = 18;

/** What was read: counts worth a line, damage, and what was left unread. */
export function totalsText(value: Omit<CaptureValue, 'facts'>, { colour, columns }: Look): string {
  const { totals, container, damage, moreDamage } = value;
  const { snapped } = container;
  const line = (label: string, says: string): string[] =>
    indented(says, columns, ' '.repeat(LABEL), `  ${label}`.padEnd(LABEL));
  const when = (is: boolean, label: string, says: string): string[] => (is ? line(label, says) : []);
  const about = `${plural(totals.frames, 'frame')}, ${container.format}, ${container.octets} octets`;
  const largest = (['ipv4', 'ipv6'] as const)
    .filter((family) => totals.largest[family] > 0)
    .map((family) => `IP${family.slice(2)} ${totals.largest[family]}`);
  const { ipv4, ipv6 } = totals.fragments;
  const lines = [
    ...wrapText(`${colour.bold(printable(nameOf(value.file)))}: ${about}`, columns),
    ...when(largest.length > 0, 'largest packet', `${largest.join(', ')} octets`),
    ...when(ipv4 + ipv6 > 0, 'fragments', `IPv4 ${ipv4}, IPv6 ${ipv6}`),
    ...totals.ptb.flatMap(({ from, mtu, count }) => line('PTB', `${count} from ${from}, MTU ${mtu ?? '?'}`)),
    ...when(
      snapped.frames > 0,
      'snapped',
      `${plural(snapped.frames, 'frame')} at ${snapped.at} octets; sizes are those on the wire`,
    ),
    ...container.unread.flatMap((link) => line('not read', `frames of link type ${link} are counted only`)),
    ...[
      ...when(value.interrupted, 'interrupted', 'this is what was read until then'),
      ...damage.flatMap(({ octet, frame, says }) => line('damage', `octet ${octet}, frame ${frame}: ${says}`)),
      ...when(moreDamage > 0, 'damage', `and ${plural(moreDamage, 'place')} more`),
    ].map(colour.yellow),
  ];
  return `${lines.join('\n')}\n`;
}
