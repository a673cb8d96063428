import { placeText } from '../../probe/judge/words.js';
import type { ProbeResult } from '../../probe/result.js';
import type { Look } from '../look.js';
import { findingParagraph, hostAndAddress } from './finding-paragraph.js';
import { tableWithin } from './table.js';
import { wrapText } from './wrap.js';

/** The number first, then why, where, and what follows. */
export function hostText(value: ProbeResult, look: Look): string {
  const { colour, columns } = look;
  const { host, address, pathMtu, interval, mss, bottleneck, hops, tunnels, findings, family } = value;
  const target = hostAndAddress(host, address);
  const what =
    pathMtu !== undefined
      ? `Path MTU to ${target}: ${colour.bold(String(pathMtu))}`
      : `Path MTU to ${target}: ${colour.bold(`between ${interval?.low} and ${interval?.high}`)}`;
  const { mssSeen } = value;
  // What a clamp makes of a SYN is what TCP gets, whatever the path would carry.
  const tcp =
    mss === null
      ? null
      : Math.min(family === 4 ? mss.ipv4 : mss.ipv6, mssSeen?.arrives ?? Infinity, mssSeen?.answer ?? Infinity);
  const forMss = tcp === null ? '' : `, MSS ${colour.bold(String(tcp))} (IPv${family})`;
  const lines = [...wrapText(`${what}${forMss}`, columns), ''];
  lines.push(...findings.flatMap((finding) => findingParagraph(finding, look)));
  if (mssSeen) lines.push('', ...wrapText(mssLine(mssSeen), columns));
  if (bottleneck)
    lines.push(
      '',
      ...wrapText(
        `Narrow link: behind ${placeText(bottleneck.after)}, before ${placeText(bottleneck.before)}`,
        columns,
      ),
    );
  if (hops.length > 0) {
    const rows = hops.map(({ hop, asked, address: at, arrives, vanishes }) => [
      String(hop),
      at ?? (asked ? '(silent)' : '(not asked)'),
      arrives === null ? '' : String(arrives),
      vanishes === null ? '' : String(vanishes),
    ]);
    lines.push('', tableWithin(columns, ['hop', 'address', 'arrives', 'vanishes'], rows, { right: [0, 2, 3], colour }));
  }
  if (tunnels.length > 0) {
    const rows = tunnels.map(({ tunnel, tunnelMtu, mss: inner }) => [
      tunnel,
      String(tunnelMtu),
      String(inner.ipv4),
      String(inner.ipv6),
    ]);
    lines.push(
      '',
      tableWithin(columns, ['a tunnel over this path', 'MTU', 'MSS', 'MSS IPv6'], rows, { right: [1, 2, 3], colour }),
    );
  }
  lines.push('', ...footer(value).flatMap((line) => wrapText(line, columns).map(colour.dim)));
  return `${lines.join('\n')}\n`;
}

/** What a SYN's MSS becomes on the way there, and what comes back; each with what shows it. */
function mssLine({ sent, arrives, rewritten, answer }: NonNullable<ProbeResult['mssSeen']>): string {
  const there =
    sent === null || arrives === null
      ? 'SYN: no router quoted its MSS'
      : rewritten
        ? `SYN ${sent} -> ${arrives} between ${placeText(rewritten.after)} and ${placeText(rewritten.before)} (quoted by routers)`
        : `SYN ${sent} unchanged as far as routers quote it`;
  const back = answer === null ? 'no SYN/ACK with an MSS below our own was seen' : `SYN/ACK arrives with ${answer}`;
  return `MSS: ${there}; ${back}.`;
}

function footer({ engine, protocol, probes, elapsedMs, rttMs, direction, blindTo }: ProbeResult): string[] {
  const rtt = rttMs === null ? '' : `, round trip up to ${Math.round(rttMs * 10) / 10} ms`;
  const blind = blindTo.length === 0 ? [] : [`Cannot see: ${blindTo.join('; ')}.`];
  return [
    `Engine ${engine} (${protocol}), ${probes} probes in ${Math.round(elapsedMs)} ms${rtt}. Direction: ${direction}.`,
    ...blind,
  ];
}
