import type { TwoCaptures } from '../../analyze/pair/two-captures.js';
import type { AnalyzeResult } from '../../analyze/result.js';
import type { Traced } from '../../analyze/trace.js';
import type { Verdict } from '../../analyze/verdict/verdict.js';
import { verdictWords } from '../../analyze/verdict/verdict-words.js';
import { frequentSizes } from '../frequent-sizes.js';
import { gravityOf } from '../gravity.js';
import { matchedWords, PAIR_HEAD, pairRows } from '../pair-rows.js';
import { documentHtml, findingHtml, headerHtml } from './document.js';
import { escapeHtml } from './escape.js';
import { figureHtml } from './figure.js';
import { announced, sizePlot, timelinePlot } from './plots.js';
import { sequenceFigure } from './sequence-figure.js';
import { evidenceTable, flowTable, ptbTable, tableHtml } from './tables.js';

/** One capture in the report. */
export interface ReportPart {
  readonly name: string;
  readonly result: AnalyzeResult;
  /** Frames, time, place: what this capture is, in a line. */
  readonly facts: string;
  /** Damage, snap length and the like, one sentence each. */
  readonly remarks: readonly string[];
  /** The worst flow; undefined: none is in trouble. */
  readonly trace?: Traced | undefined;
}

/** What two captures say together. */
export interface ReportTogether {
  readonly verdict: Verdict;
  readonly two: TwoCaptures;
}

/** A page that stands alone: no script, nothing fetched, right in the dark and on paper. Every text is escaped. */
export function reportHtml(parts: readonly ReportPart[], together?: ReportTogether): string {
  const [first] = parts;
  const names = `${first?.name ?? ''}${parts.length > 1 ? ` and ${parts.length - 1} more` : ''}`;
  return documentHtml({
    command: 'analyze',
    title: `${together?.verdict ?? first?.result.verdict ?? ''}: ${names}`,
    body: `${together ? togetherHtml(together, parts) : ''}
${parts.length > 1 ? contentsHtml(parts) : ''}
${parts.map(captureHtml).join('\n')}`,
    note: 'Lengths are octets, sizes whole IP packets with their header; frames are numbered as in Wireshark.',
  });
}

const contentsHtml = (parts: readonly ReportPart[]): string =>
  `<nav><ol>${parts
    .map(
      ({ name, result }, index) =>
        `<li><a href="#capture-${index + 1}">${escapeHtml(result.verdict)}</a> <span>${escapeHtml(name)}</span></li>`,
    )
    .join('')}</ol></nav>`;

function togetherHtml({ verdict, two }: ReportTogether, parts: readonly ReportPart[]): string {
  const findings = [...two.findings, ...parts.flatMap(({ result }) => result.findings)];
  const gravity = gravityOf({ verdict, findings: findings.filter(({ code }) => code === verdict) });
  return `<section>
${headerHtml(gravity, verdict, verdictWords[verdict] ?? '', `Both captures together. ${matchedWords(two)}`)}
${two.findings.map(findingHtml).join('\n')}
${tableHtml('Before and after', PAIR_HEAD, pairRows(two, MOST_PAIRS), { note: 'What becomes of each connection between the two points; ?: not seen there.' })}
${evidenceTable(two.findings)}
</section>`;
}

const MOST_PAIRS = 50;

/** One capture's section; the page of mtucalc shows the same. */
export function captureHtml({ name, result, facts, remarks, trace }: ReportPart, index: number): string {
  return `<section id="capture-${index + 1}">
${headerHtml(gravityOf(result), result.verdict, result.says, `${name}: ${facts}`)}
${result.findings.map(findingHtml).join('\n')}
${remarks.length === 0 ? '' : `<ul class="remarks">${remarks.map((remark) => `<li>${escapeHtml(remark)}</li>`).join('')}</ul>`}
${figureHtml('Largest packet over time', timelinePlot(result), timelineLegend(result))}
${sequenceFigure(result, trace)}
${figureHtml('Packets by size', sizePlot(result), escapeHtml(frequentSizes(result)))}
${evidenceTable(result.findings)}
${ptbTable(result)}
${flowTable(result)}
</section>`;
}

function timelineLegend(result: AnalyzeResult): string {
  const sum = (of: 'ptb' | 'retransmitted'): number =>
    result.timeline.buckets.reduce((total, bucket) => total + bucket[of], 0);
  const mtus = announced(result);
  return [
    '<span><i class="size"></i>largest IP packet</span>',
    `<span><i class="ptb"></i>PTB: ${sum('ptb')}</span>`,
    `<span><i class="again"></i>retransmission: ${sum('retransmitted')}</span>`,
    mtus.length === 0 ? '' : `<span><i class="mtu"></i>MTU that PTBs announce: ${escapeHtml(mtus.join(', '))}</span>`,
  ].join(' ');
}
