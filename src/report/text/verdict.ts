import type { FlowFacts } from '../../analyze/flow/flow-facts.js';
import type { AnalyzeResult } from '../../analyze/result.js';
import type { Finding } from '../../finding.js';
import { fixedHeaders } from '../../mtu/mss.js';
import { frequentSizes } from '../frequent-sizes.js';
import { gravityOf } from '../gravity.js';
import { dfText } from '../pair-rows.js';
import type { Palette } from '../palette.js';
import { printable } from './printable.js';
import { tableWithin } from './table.js';
import { wrapText } from './wrap.js';

/** Flows in the table; all of them stand in --json. */
const MOST_FLOWS = 12;
const MOST_EVIDENCE = 4;
const BARS = '▏▎▍▌▋▊▉█';

/** The answer first, then what it rests on, then the flows and the sizes. */
export function verdictText(name: string, result: AnalyzeResult, colour: Palette, columns: number): string {
  const paint = { problem: colour.red, warning: colour.yellow, fine: colour.green, unknown: colour.cyan }[
    gravityOf(result)
  ];
  const lines = [
    `${paint(colour.bold(result.verdict))}  ${printable(name)}`,
    ...wrapText(result.says, columns),
    '',
    ...result.findings.flatMap((one) => [...findingLines(one, colour, columns), '']),
    ...flowLines(result, colour, columns),
    ...sizeLines(result, colour, columns),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

export function findingLines(
  { code, severity, says, evidence, fix }: Finding,
  colour: Palette,
  columns: number,
): string[] {
  const paint = { problem: colour.red, warning: colour.yellow, info: colour.cyan }[severity];
  const frames = evidence.flatMap(({ frame }) => (frame ? [frame] : []));
  const facts = evidence
    .slice(0, MOST_EVIDENCE)
    .map(({ value, from }) => `${value} (${from})`)
    .join(' · ');
  return [
    `${paint(severity)} ${colour.bold(code)}`,
    ...wrapText(says, columns - 2).map((line) => `  ${line}`),
    ...(facts === '' ? [] : wrapText(facts, columns - 2).map((line) => colour.dim(`  ${line}`))),
    ...(frames.length === 0
      ? []
      : wrapText(`Wireshark: ${frameFilter(frames)}`, columns - 2).map((line) => colour.dim(`  ${line}`))),
    ...(fix === undefined ? [] : wrapText(`Fix: ${fix}`, columns - 2).map((line) => `  ${line}`)),
  ];
}

/** A display filter of Wireshark for these frames, neighbours as ranges. */
export function frameFilter(frames: readonly number[]): string {
  const sorted = [...new Set(frames)].sort((left, right) => left - right);
  const ranges: [number, number][] = [];
  for (const frame of sorted) {
    const last = ranges[ranges.length - 1];
    if (last && frame === last[1] + 1) last[1] = frame;
    else ranges.push([frame, frame]);
  }
  return `frame.number in {${ranges.map(([from, to]) => (from === to ? `${from}` : `${from}..${to}`)).join(', ')}}`;
}

function flowLines({ flows, flowCounts }: AnalyzeResult, colour: Palette, columns: number): string[] {
  if (flows.length === 0) return [];
  const places = new Set(flows.map(({ point }) => point)).size > 1;
  const rows = flows
    .slice(0, MOST_FLOWS)
    .flatMap((flow) =>
      flow.directions
        .filter(({ packets }) => packets > 0)
        .map((direction) => [
          `${flow.protocol} ${direction.from} -> ${direction.to}${places ? ` @${flow.point + 1}` : ''}`,
          String(flow.firstFrame),
          flow.fate,
          direction.mss === null ? '' : String(direction.mss),
          direction.largestIp === 0 ? '' : String(direction.largestIp),
          segmentText(flow, direction),
          dfText(direction),
          direction.retransmitted === 0 ? '' : String(direction.retransmitted),
          ptbText(flow, direction),
        ]),
    );
  const all = flowCounts.tcp + flowCounts.udp;
  const count = `${flowCounts.tcp} TCP, ${flowCounts.udp} UDP${all > MOST_FLOWS ? `, the first ${Math.min(MOST_FLOWS, flows.length)} here` : ''}`;
  const evicted = flowCounts.evicted > 0 ? `; ${flowCounts.evicted} idle flows were dropped from the full table` : '';
  return [
    `${colour.bold('Flows')} ${colour.dim(`(${count}${evicted})`)}`,
    ...wrapText(
      '# first frame, for --flow; largest: whole IP packet; data: what it carries + TCP options',
      columns,
    ).map(colour.dim),
    tableWithin(columns, ['direction', '#', 'fate', 'MSS', 'largest', 'data', 'DF', 'resent', 'PTB'], rows, {
      right: [1, 3, 4, 7],
      fold: [6, 1, 5],
      labelled: [6, 1, 5],
      colour,
    }),
    '',
  ];
}

/** What the largest segment holds, and the options that take their share of the MSS. */
const segmentText = ({ protocol }: FlowFacts, { largestPayload, options }: FlowFacts['directions'][number]): string =>
  protocol !== 'tcp' || largestPayload === 0 ? '' : `${largestPayload}${options > 0 ? ` + ${options}` : ''}`;

function ptbText(flow: FlowFacts, { ptb, oddPtb }: FlowFacts['directions'][number]): string {
  if (ptb) {
    const then = ptb.overAfter > 1 ? 'ignored' : ptb.shrunkTo === null ? '' : `-> ${ptb.shrunkTo}`;
    return `${ptb.mtu}${flow.protocol === 'tcp' ? ` (MSS ${ptb.mtu - fixedHeaders(flow.family)})` : ''} ${then}`.trim();
  }
  return oddPtb ? `${oddPtb.mtu} (odd)` : '';
}

/** A bar for every hundred octets that occur, and the sizes that large packets have most often. */
function sizeLines(result: AnalyzeResult, colour: Palette, columns: number): string[] {
  const { sizes } = result;
  if (sizes.length === 0) return [];
  const bins = new Map<number, number>();
  for (const { octets, count } of sizes) {
    const bin = octets > 1500 ? 1501 : Math.floor(Math.max(0, octets - 1) / 100) * 100;
    bins.set(bin, (bins.get(bin) ?? 0) + count);
  }
  const most = Math.max(...bins.values());
  const room = Math.max(10, Math.min(columns, 100) - 24);
  const rows = [...bins.entries()]
    .sort(([left], [right]) => left - right)
    .map(([bin, count]) => {
      const label = bin === 1501 ? 'above 1500' : `${bin + 1}-${bin + 100}`;
      return `${label.padStart(10)} ${colour.cyan(bar((count / most) * room))} ${count}`;
    });
  const frequent = frequentSizes(result);
  return [
    `${colour.bold('Sizes')} ${colour.dim('(outermost IP packet, octets)')}`,
    ...rows,
    ...(frequent === '' ? [] : wrapText(frequent, columns).map(colour.dim)),
    '',
  ];
}

/** Eighths of a cell, so that small counts differ too. */
function bar(cells: number): string {
  const eighths = Math.max(1, Math.round(cells * 8));
  const rest = eighths % 8;
  return BARS[7]!.repeat(Math.floor(eighths / 8)) + (rest === 0 ? '' : BARS[rest - 1]!);
}
