import type { CaptureValue } from '../../analyze/capture-value.js';
import { plural } from '../../analyze/detector.js';
import { nameOf } from '../capture-name.js';
import type { Palette } from '../palette.js';
import { printable } from './printable.js';

/** What was read: counts worth a line, damage, and what was left unread. */
export function totalsText(value: Omit<CaptureValue, 'facts'>, colour: Palette): string {
  const { totals, container, damage } = value;
  const { snapped } = container;
  const lines = [
    `${colour.bold(printable(nameOf(value.file)))}: ${plural(totals.frames, 'frame')}, ${container.format}, ${container.octets} octets`,
  ];
  const largest = [
    totals.largest.ipv4 > 0 ? `IPv4 ${totals.largest.ipv4}` : '',
    totals.largest.ipv6 > 0 ? `IPv6 ${totals.largest.ipv6}` : '',
  ].filter(Boolean);
  if (largest.length > 0) lines.push(`  largest packet  ${largest.join(', ')} octets`);
  const { ipv4, ipv6 } = totals.fragments;
  if (ipv4 + ipv6 > 0) lines.push(`  fragments       IPv4 ${ipv4}, IPv6 ${ipv6}`);
  for (const { from, mtu, count } of totals.ptb)
    lines.push(`  PTB             ${count} from ${from}, MTU ${mtu ?? '?'}`);
  if (snapped.frames > 0)
    lines.push(`  snapped         ${plural(snapped.frames, 'frame')} at ${snapped.at} octets; sizes are the wire's`);
  for (const link of container.unread) lines.push(`  not read        frames of link type ${link} are counted only`);
  if (value.interrupted) lines.push(colour.yellow('  interrupted     this is what was read until then'));
  for (const { octet, frame, says } of damage)
    lines.push(colour.yellow(`  damage          octet ${octet}, frame ${frame}: ${says}`));
  if (value.moreDamage > 0)
    lines.push(colour.yellow(`  damage          and ${plural(value.moreDamage, 'place')} more`));
  return `${lines.join('\n')}\n`;
}
