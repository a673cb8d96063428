import type { Diagnosed } from '../../diagnose/answer.js';
import { besides, summaryRows } from '../diagnose-rows.js';
import type { Reporter } from '../format.js';
import { gravest } from '../gravity.js';
import { documentHtml, findingHtml, headerHtml } from './document.js';
import { escapeHtml } from './escape.js';
import { evidenceTable, tableHtml } from './tables.js';

/** Findings shown beside the cause; the rest is for `--json`. */
const MOST = 40;

/** The one-page answer: cause, evidence, the lines to paste, how to check it afterwards. */
export const diagnoseHtml: Reporter<'diagnose'> = (value) => {
  const { cause, things, target, paste, check } = value;
  const names = things.map(({ name }) => (name === '-' ? 'standard input' : name));
  const word = cause?.code ?? 'No cause found';
  const says = cause?.says ?? 'No cause in what was given. That is no all-clear: see what was not shown.';
  const others = besides(value);
  const shown = others.slice(0, MOST);
  const left = others.length - shown.length;
  return documentHtml({
    command: 'diagnose',
    title: `${word}: ${names[0] ?? ''}${names.length > 1 ? ` and ${names.length - 1} more` : ''}`,
    body: `<section>
${headerHtml(gravest(value.findings) ?? 'unknown', word, says, placeOf(value, names))}
${cause?.fix === undefined ? '' : findingHtml(cause)}
${tableHtml('Put together', ['what', 'says'], summaryRows(value))}
${target ? `<h2>Set</h2><p>MTU ${target.mtu}, MSS ${target.mss.ipv4} (IPv4) and ${target.mss.ipv6} (IPv6), from ${escapeHtml(target.from)}.</p>` : ''}
${paste ? `<h2>For ${escapeHtml(paste.title)}</h2>${linesHtml(paste.text.trimEnd())}` : ''}
<h2>Check afterwards</h2>
${linesHtml(check.join('\n'))}
${shown.length > 0 ? '<h2>Also</h2>' : ''}
${shown.map(findingHtml).join('\n')}
${left > 0 ? `<p class="legend">${left} more are in the JSON.</p>` : ''}
${evidenceTable([...(cause ? [cause] : []), ...shown])}
</section>`,
    note: 'Lengths are octets, sizes whole IP packets with their header.',
  });
};

const linesHtml = (lines: string): string => `<pre>${escapeHtml(lines)}</pre>`;

const placeOf = ({ cause }: Diagnosed, names: readonly string[]): string =>
  `${cause ? (cause.of === null ? 'From all of it together; given were ' : `Found in ${cause.of}; given were `) : 'Given were '}${names.join(', ')}`;
