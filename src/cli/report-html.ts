import type { FlowFacts } from '../analyze/flow-facts.js';
import type { AnalyzeResult } from '../analyze/result.js';
import type { Finding } from '../finding.js';
import { escapeHtml } from './report-escape.js';
import { sizePlot, timelinePlot } from './report-plots.js';
import { reportStyle } from './report-style.js';

/** One capture in the report. */
export interface ReportPart {
  readonly name: string;
  readonly result: AnalyzeResult;
  /** Damage, snap length and the like, one sentence each. */
  readonly remarks: readonly string[];
}

const MOST_FLOWS = 100;

/** A page that stands alone: no script, nothing fetched, right in the dark and on paper. Every text is escaped. */
export function reportHtml(parts: readonly ReportPart[], together: readonly Finding[] = []): string {
  const title = parts.map(({ name, result }) => `${name}: ${result.verdict}`).join(', ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="mtucalc analyze">
<title>${escapeHtml(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
${together.length > 0 ? `<section><h1>Both captures together</h1>${together.map(findingHtml).join('')}</section>` : ''}
${parts.map(partHtml).join('\n')}
</body>
</html>
`;
}

function partHtml({ name, result, remarks }: ReportPart): string {
  const gravest =
    (['problem', 'warning'] as const).find((one) => result.findings.some(({ severity }) => severity === one)) ?? 'info';
  const evidence = result.findings.flatMap((finding) =>
    finding.evidence.map((one) => ({ code: finding.code, ...one })),
  );
  const timeline = timelinePlot(result);
  const sizes = sizePlot(result);
  return `<section>
<header class="${gravest}"><h1>${escapeHtml(result.verdict)}</h1><p>${escapeHtml(result.says)}</p><p class="file">${escapeHtml(name)}</p></header>
${remarks.map((remark) => `<p class="remark">${escapeHtml(remark)}</p>`).join('')}
${result.findings.map(findingHtml).join('')}
${timeline === '' ? '' : `<h2>Largest packet over time</h2><p class="legend"><i class="size"></i> largest IP packet, octets <i class="ptb"></i> PTB <i class="again"></i> retransmission</p>${timeline}`}
${sizes === '' ? '' : `<h2>Packets by size</h2><p class="legend">IP packets by length, octets</p>${sizes}`}
${
  evidence.length === 0
    ? ''
    : `<h2>Evidence</h2>${tableHtml(
        ['finding', 'value', 'from'],
        evidence.map(({ code, value, from }) => [code, value, from]),
      )}`
}
${flowsHtml(result)}
</section>`;
}

const findingHtml = ({ code, severity, says, fix }: Finding): string =>
  `<article class="${severity}"><h3><span>${severity}</span> ${escapeHtml(code)}</h3><p>${escapeHtml(says)}</p>${
    fix === undefined ? '' : `<p class="fix">${escapeHtml(fix)}</p>`
  }</article>`;

function flowsHtml({ flows, flowCounts }: AnalyzeResult): string {
  if (flows.length === 0) return '';
  const rows = flows
    .slice(0, MOST_FLOWS)
    .flatMap((flow) => flow.directions.filter(({ packets }) => packets > 0).map((one) => rowOf(flow, one)));
  const left = flowCounts.tcp + flowCounts.udp - Math.min(flows.length, MOST_FLOWS);
  const head = ['protocol', 'from', 'to', 'packets', 'MSS', 'largest', 'arrived', 'headroom', 'DF', 'resent', 'PTB'];
  return `<h2>Flows</h2>${tableHtml(head, rows)}${left > 0 ? `<p class="remark">${left} more are not listed.</p>` : ''}`;
}

function rowOf(flow: FlowFacts, one: FlowFacts['directions'][number]): (string | number)[] {
  const df = one.withDf + one.withoutDf === 0 ? '' : one.withoutDf === 0 ? 'yes' : one.withDf === 0 ? 'no' : 'some';
  const ptb = one.ptb
    ? `${one.ptb.count} × ${one.ptb.mtu}`
    : one.oddPtb
      ? `${one.oddPtb.count} × ${one.oddPtb.mtu}`
      : '';
  return [
    flow.protocol,
    one.from,
    one.to,
    one.packets,
    one.mss ?? '',
    one.largestIp || '',
    one.deliveredIp || '',
    one.headroom ?? '',
    df,
    one.retransmitted || '',
    ptb,
  ];
}

const tableHtml = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  `<div class="wide"><table><thead><tr>${head.map((text) => `<th>${escapeHtml(text)}</th>`).join('')}</tr></thead><tbody>${rows
    .map(
      (row) =>
        `<tr>${row.map((cell) => `<td${typeof cell === 'number' ? ' class="number"' : ''}>${escapeHtml(cell)}</td>`).join('')}</tr>`,
    )
    .join('')}</tbody></table></div>`;
