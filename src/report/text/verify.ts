import type { Verification } from '../../probe/judge/verification.js';
import type { Look } from '../look.js';
import { hostText } from './host.js';
import { tableWithin } from './table.js';
import { indented, wrapText } from './wrap.js';

/** The comparison, its explanations in order, then the measurement. */
export function verifyText(value: Verification, look: Look): string {
  const { colour, columns } = look;
  const { expected, agrees, explanations, findings, measured, snippet } = value;
  const verdict =
    agrees === true ? colour.green('agrees') : agrees === false ? colour.red('differs') : colour.yellow('undecided');
  const first = findings[0];
  const lines = [
    ...wrapText(
      `${colour.bold('Computed')} ${expected.tunnelMtu} (${expected.described.suite ?? expected.described.tunnel}, ${expected.described.wan}, link MTU ${expected.linkMtu}): ${verdict}`,
      columns,
    ),
    ...(first ? wrapText(first.says, columns) : []),
    '',
  ];
  if (explanations.length > 0) {
    const rows = explanations.map(({ says, options }) => [says, options]);
    lines.push(tableWithin(columns, ['what would give the measured number', 'options'], rows, { colour }), '');
    const tests = [...new Set(explanations.slice(0, 4).map(({ test }) => test))];
    lines.push(
      colour.bold('To tell them apart'),
      ...tests.flatMap((test) => indented(test, columns, '    ', '  ')),
      '',
    );
  }
  if (agrees === false && snippet) {
    const { tunnelMtu, mss } = snippet;
    lines.push(
      ...wrapText(
        `For the measured path: MTU ${tunnelMtu}, clamp the MSS to ${mss.ipv4} (IPv4) and ${mss.ipv6} (IPv6); --emit nftables prints it.`,
        columns,
      ),
      '',
    );
  }
  // The tunnels that would fit inside are not the question here.
  return `${lines.join('\n')}\n${hostText({ ...measured, tunnels: [] }, look)}`;
}
