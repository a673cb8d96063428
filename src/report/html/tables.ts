import type { FlowFacts } from '../../analyze/flow/flow-facts.js';
import type { PtbRecord } from '../../analyze/log/ptb-log.js';
import type { AnalyzeResult } from '../../analyze/result.js';
import type { Finding } from '../../finding.js';
import { dfText } from '../pair-rows.js';
import { escapeHtml } from './escape.js';

type Cell = string | number;

/** The longest IPv4 address with its port stays in one line. */
const IN_ONE_LINE = 24;

/** A long IPv6 address may go on in the next line. */
const cellHtml = (cell: Cell): string =>
  String(cell).length > IN_ONE_LINE ? escapeHtml(cell).replace(/:(?=[^\s:])/g, ':<wbr>') : escapeHtml(cell);

/** A table under its heading; `numbers` are the columns aligned right; '' without rows. */
export function tableHtml(
  heading: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  { numbers = [], note = '', wide = false }: { numbers?: readonly number[]; note?: string; wide?: boolean } = {},
): string {
  if (rows.length === 0) return '';
  const kind = (column: number): string => (numbers.includes(column) ? ' class="number"' : '');
  const line = (tag: 'th' | 'td', cells: readonly Cell[]): string =>
    `<tr>${cells.map((cell, column) => `<${tag}${kind(column)}>${cellHtml(cell)}</${tag}>`).join('')}</tr>`;
  return `<h2>${escapeHtml(heading)}</h2>${note === '' ? '' : `<p class="legend">${escapeHtml(note)}</p>`}
<div class="scroll"><table${wide ? ' class="wide"' : ''}><thead>${line('th', head)}</thead><tbody>${rows.map((cells) => line('td', cells)).join('\n')}</tbody></table></div>`;
}

export const evidenceTable = (findings: readonly Finding[]): string =>
  tableHtml(
    'Evidence',
    ['finding', 'value', 'from'],
    findings.flatMap(({ code, evidence }) => evidence.map(({ value, from }) => [code, value, from])),
  );

const MOST_PTBS = 30;

/** Who said what was too big: the first thing the owner of that router asks. */
export function ptbTable({ ptbs }: AnalyzeResult): string {
  const rows = ptbs
    .slice(0, MOST_PTBS)
    .map((ptb) => [ptb.from, ptb.to, ptb.mtu, ptb.count, framesOf(ptb), `${quoted(ptb)}, ${ptb.quotedLength} octets`]);
  const left = ptbs.length - rows.length;
  const note = `Packet Too Big: ICMP 3/4 or ICMPv6 type 2.${left > 0 ? ` ${left} more kinds are not listed.` : ''}`;
  const head = ['sent by', 'to', 'MTU', 'count', 'frames', 'about the packet'];
  return tableHtml('PTBs', head, rows, { numbers: [2, 3], note, wide: true });
}

const framesOf = ({ firstFrame, lastFrame }: PtbRecord): string =>
  firstFrame === lastFrame ? String(firstFrame) : `${firstFrame} to ${lastFrame}`;

/** The ends of the packet that was too big; what has no ports (ESP) has addresses only. */
function quoted({ quotedFrom, quotedTo, sourcePort, destinationPort }: PtbRecord): string {
  if (sourcePort <= 0 || destinationPort <= 0) return `${quotedFrom} -> ${quotedTo}`;
  const end = (address: string, port: number): string =>
    address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  return `${end(quotedFrom, sourcePort)} -> ${end(quotedTo, destinationPort)}`;
}

const MOST_FLOWS = 100;

export function flowTable({ flows, flowCounts }: AnalyzeResult): string {
  const rows = flows
    .slice(0, MOST_FLOWS)
    .flatMap((flow) => flow.directions.filter(({ packets }) => packets > 0).map((one) => rowOf(flow, one)));
  const left = flowCounts.tcp + flowCounts.udp - Math.min(flows.length, MOST_FLOWS);
  const head = ['protocol', 'from', 'to', 'packets', 'MSS', 'largest', 'arrived', 'headroom', 'DF', 'resent', 'PTB'];
  const note = `MSS: as announced by "from". Largest packet sent, and largest that was acknowledged (arrived). Headroom: what the MSS of the other end leaves unused.${
    left > 0 ? ` ${left} more flows are not listed.` : ''
  }`;
  return tableHtml('Flows', head, rows, { numbers: [3, 4, 5, 6, 7, 9], note, wide: true });
}

function rowOf({ protocol }: FlowFacts, one: FlowFacts['directions'][number]): Cell[] {
  const ptb = one.ptb ?? one.oddPtb;
  return [
    protocol,
    one.from,
    one.to,
    one.packets,
    one.mss ?? '',
    one.largestIp || '',
    one.deliveredIp || '',
    one.headroom ?? '',
    dfText(one),
    one.retransmitted || '',
    ptb ? `${ptb.count}\u00a0×\u00a0${ptb.mtu}` : '',
  ];
}
