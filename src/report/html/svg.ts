import { escapeHtml } from './escape.js';

/** A plot: its whole area, and the edges of the field inside the axes. */
export const WIDTH = 720;
export const HEIGHT = 260;
export const LEFT = 56;
export const RIGHT = WIDTH - 26;
export const TOP = 40;
export const FLOOR = HEIGHT - 58;

const fixed = (value: number): string => String(Math.round(value * 100) / 100);

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A rectangle that says what it is when pointed at. */
export const rect = (kind: string, { x, y, width, height }: Box, title: string): string =>
  `<rect class="${kind}" x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}"><title>${escapeHtml(title)}</title></rect>`;

export const text = (x: number, y: number, anchor: 'start' | 'middle' | 'end', says: string, kind = ''): string =>
  `<text x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}"${kind && ` class="${kind}"`}>${escapeHtml(says)}</text>`;

/** A line through points of the field. */
export const polyline = (kind: string, points: readonly (readonly [x: number, y: number])[], title: string): string =>
  points.length < 2
    ? ''
    : `<polyline class="${kind}" points="${points.map(([x, y]) => `${fixed(x)},${fixed(y)}`).join(' ')}"><title>${escapeHtml(title)}</title></polyline>`;

/** A level across the field. */
export const level = (kind: string, y: number): string =>
  `<line class="${kind}" x1="${LEFT}" x2="${RIGHT}" y1="${fixed(y)}" y2="${fixed(y)}"/>`;

/** A place on an axis and what stands there. */
export interface Mark {
  readonly at: number;
  readonly says: string;
}

/** Both axes with their units; every second mark across gives way where the page is narrow. */
export function axes(across: readonly Mark[], up: readonly Mark[], name: string, unit: string): string {
  return [
    ...up.map(({ at, says }) => level('grid', at) + text(LEFT - 6, at + 4, 'end', says)),
    ...across.map(({ at, says }, index) => text(at, FLOOR + 30, 'middle', says, index % 2 === 1 ? 'minor' : '')),
    text(LEFT, TOP - 24, 'start', unit),
    text((LEFT + RIGHT) / 2, HEIGHT - 6, 'middle', name),
  ].join('');
}

export const svg = (label: string, inside: string): string =>
  `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(label)}">${inside}</svg>`;
