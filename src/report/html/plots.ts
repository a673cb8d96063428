import type { AnalyzeResult } from '../../analyze/result.js';
import { short, span, ticks, timeUnit } from './axis.js';
import { axes, FLOOR, LEFT, level, RIGHT, rect, svg, TOP, text } from './svg.js';

const ROOM = FLOOR - TOP;
/** A few packets are no wall. */
const WIDEST_BAR = 16;
const LEAST_MARK = 4;

/** MTUs that PTBs announced, the most frequent first; as many as can be told apart in the plot. */
export function announced({ ptbs }: AnalyzeResult): number[] {
  const counts = new Map<number, number>();
  for (const { mtu, count } of ptbs) if (mtu > 0) counts.set(mtu, (counts.get(mtu) ?? 0) + count);
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .slice(0, 3)
    .map(([mtu]) => mtu);
}

/**
 * Largest packet over time, PTBs above it and retransmissions below, as SVG; '' where there is no time or no packet.
 */
export function timelinePlot(result: AnalyzeResult): string {
  const { buckets, width } = result.timeline;
  const most = Math.max(0, ...buckets.map(({ largest }) => largest));
  if (buckets.length < 2 || most === 0) return '';
  const up = ticks(most, 4, { whole: true });
  const y = (octets: number): number => FLOOR - (octets / up[up.length - 1]!) * ROOM;
  const step = (RIGHT - LEFT) / buckets.length;
  const bar = Math.min(WIDEST_BAR, Math.max(1, step - 0.5));
  const mark = Math.min(WIDEST_BAR, Math.max(LEAST_MARK, step));
  const drawn = buckets.flatMap(({ frames, largest, ptb, retransmitted }, index) => {
    const x = LEFT + index * step;
    const when = `${span(index * width)} to ${span((index + 1) * width)}`;
    const size = { x, y: y(largest), width: bar, height: FLOOR - y(largest) };
    const strip = { x: Math.min(x, RIGHT - mark), width: mark, height: 6 };
    return [
      largest > 0 ? rect('size', size, `${when}: largest of ${frames} frames ${largest} octets`) : '',
      ptb > 0 ? rect('ptb', { ...strip, y: TOP - 11 }, `${when}: ${ptb} PTB`) : '',
      retransmitted > 0 ? rect('again', { ...strip, y: FLOOR + 4 }, `${when}: ${retransmitted} retransmitted`) : '',
    ];
  });
  const seconds = buckets.length * width;
  const unit = timeUnit(seconds);
  const x = (value: number): number => LEFT + ((value * unit.seconds) / seconds) * (RIGHT - LEFT);
  return svg(
    'Largest packet over time',
    axes(
      ticks((seconds / unit.seconds) * 0.98, 6, { above: false }).map((at) => ({ at: x(at), says: String(at) })),
      up.map((at) => ({ at: y(at), says: short(at) })),
      `time since the first frame, ${unit.sign}`,
      'octets',
    ) +
      drawn.join('') +
      announced(result)
        .filter((mtu) => mtu <= up[up.length - 1]!)
        .map((mtu) => level('mtu', y(mtu)))
        .join(''),
  );
}

const BIN = 25;
const ETHERNET = 1500;

/** Packets by size as SVG, up to the size of Ethernet; what is above it is one bar more. */
export function sizePlot({ sizes }: AnalyzeResult): string {
  if (sizes.length === 0) return '';
  const jumbo = sizes[sizes.length - 1]!.octets > ETHERNET;
  const bins: number[] = new Array(ETHERNET / BIN + (jumbo ? 4 : 0)).fill(0);
  for (const { octets, count } of sizes) {
    bins[octets > ETHERNET ? bins.length - 2 : Math.floor(Math.max(0, octets - 1) / BIN)]! += count;
  }
  const up = ticks(Math.max(...bins), 4, { whole: true });
  const step = (RIGHT - LEFT) / bins.length;
  const bars = bins.map((count, index) => {
    if (count === 0) return '';
    const above = index * BIN >= ETHERNET;
    const title = `${above ? `above ${ETHERNET}` : `${index * BIN + 1} to ${(index + 1) * BIN}`} octets: ${count} packets`;
    const height = Math.max(1.5, (count / up[up.length - 1]!) * ROOM);
    return rect('size', { x: LEFT + index * step, y: FLOOR - height, width: step - 1, height }, title);
  });
  const across = [0, 250, 500, 750, 1000, 1250, ...(jumbo ? [] : [ETHERNET])];
  return svg(
    'Packets by size',
    axes(
      across.map((octets) => ({ at: LEFT + (octets / BIN) * step, says: String(octets) })),
      up.map((count) => ({ at: FLOOR - (count / up[up.length - 1]!) * ROOM, says: short(count) })),
      'length of the outermost IP packet, octets',
      'packets',
    ) +
      (jumbo ? text(RIGHT, FLOOR + 30, 'end', `above ${ETHERNET}`) : '') +
      bars.join(''),
  );
}
