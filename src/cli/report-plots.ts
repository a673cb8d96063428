import type { AnalyzeResult } from '../analyze/result.js';
import { escapeHtml } from './report-escape.js';

const WIDTH = 720;
const HEIGHT = 220;
const LEFT = 48;
const BOTTOM = 28;
const TOP = 10;

/** Largest packet over time, with PTBs and retransmissions marked, as SVG; '' where nothing is to draw. */
export function timelinePlot({ timeline }: AnalyzeResult): string {
  const { buckets, width } = timeline;
  const most = Math.max(0, ...buckets.map(({ largest }) => largest));
  if (buckets.length === 0 || most === 0) return '';
  const step = (WIDTH - LEFT) / buckets.length;
  const room = HEIGHT - BOTTOM - TOP;
  const y = (octets: number): number => HEIGHT - BOTTOM - (octets / niceTop(most)) * room;
  const marks = buckets.flatMap((bucket, index) => {
    const x = LEFT + index * step;
    const when = `${seconds(index * width)} to ${seconds((index + 1) * width)}`;
    const drawn: string[] = [];
    if (bucket.largest > 0) {
      const title = `${when}: ${bucket.frames} frames, largest packet ${bucket.largest} octets`;
      drawn.push(
        rect('size', x, y(bucket.largest), Math.max(1, step - 0.5), HEIGHT - BOTTOM - y(bucket.largest), title),
      );
    }
    if (bucket.retransmitted > 0) {
      const title = `${when}: ${bucket.retransmitted} retransmitted`;
      drawn.push(rect('again', x, HEIGHT - BOTTOM + 2, Math.max(2, step), 5, title));
    }
    if (bucket.ptb > 0) {
      drawn.push(rect('ptb', x, TOP, Math.max(2, step), HEIGHT - BOTTOM - TOP, `${when}: ${bucket.ptb} PTB`));
    }
    return drawn;
  });
  const times = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const x = LEFT + part * (WIDTH - LEFT);
    const anchor = part === 0 ? 'start' : part === 1 ? 'end' : 'middle';
    return `<text x="${fixed(x)}" y="${HEIGHT - 6}" text-anchor="${anchor}">${seconds(part * buckets.length * width)}</text>`;
  });
  return svg('Largest packet over time', [...gridLines(niceTop(most), y), ...marks, ...times].join(''));
}

/** Number of packets by size, fifty octets to a bar, as SVG. */
export function sizePlot({ sizes }: AnalyzeResult): string {
  if (sizes.length === 0) return '';
  const largest = sizes[sizes.length - 1]!.octets;
  const per = Math.max(50, Math.ceil(largest / 60 / 50) * 50);
  const bins: number[] = new Array(Math.floor(largest / per) + 1).fill(0);
  for (const { octets, count } of sizes) bins[Math.floor(octets / per)]! += count;
  const most = Math.max(...bins);
  const step = (WIDTH - LEFT) / bins.length;
  const room = HEIGHT - BOTTOM - TOP;
  const y = (count: number): number => HEIGHT - BOTTOM - (count / niceTop(most)) * room;
  const bars = bins.map((count, index) => {
    if (count === 0) return '';
    const title = `${index * per} to ${(index + 1) * per - 1} octets: ${count} packets`;
    const height = Math.max(1, HEIGHT - BOTTOM - y(count));
    return rect('size', LEFT + index * step, HEIGHT - BOTTOM - height, Math.max(1, step - 1), height, title);
  });
  const labels = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const x = LEFT + part * (WIDTH - LEFT);
    const anchor = part === 0 ? 'start' : part === 1 ? 'end' : 'middle';
    return `<text x="${fixed(x)}" y="${HEIGHT - 6}" text-anchor="${anchor}">${Math.round(part * bins.length * per)}</text>`;
  });
  return svg('Packets by size', [...gridLines(niceTop(most), y), ...bars, ...labels].join(''));
}

const fixed = (value: number): string => String(Math.round(value * 100) / 100);

const rect = (kind: string, x: number, y: number, width: number, height: number, title: string): string =>
  `<rect class="${kind}" x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}"><title>${escapeHtml(title)}</title></rect>`;

const svg = (label: string, inside: string): string =>
  `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(label)}">${inside}</svg>`;

function gridLines(top: number, y: (value: number) => number): string[] {
  return [0, 0.5, 1].map((part) => {
    const at = fixed(y(part * top));
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH}" y1="${at}" y2="${at}"/><text x="${LEFT - 6}" y="${at}" dy="4" text-anchor="end">${Math.round(part * top)}</text>`;
  });
}

/** The next of 1, 1.5, 2, 2.5, 5 times a power of ten that is not below. */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return ([1, 1.5, 2, 2.5, 5, 10].find((factor) => factor * power >= most) ?? 10) * power;
}

const seconds = (value: number): string =>
  value < 1 && value > 0 ? `${Number((value * 1000).toPrecision(3))} ms` : `${Number(value.toPrecision(3))} s`;
