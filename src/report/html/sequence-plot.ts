import type { SequenceTrace } from '../../analyze/trace.js';
import { short, span, ticks, timeUnit } from './axis.js';
import { axes, FLOOR, LEFT, polyline, RIGHT, rect, svg, TOP } from './svg.js';

const ROOM = FLOOR - TOP;
const BAR = 1.6;
const MARK = 6;

/** Time across, sequence numbers up: each segment a bar from its first octet to its end; '' where there is no time. */
export function sequencePlot({ segments, acks, sacks, ptbs }: SequenceTrace): string {
  const times = [segments, acks, sacks, ptbs].flatMap((points) => points.map(([seconds]) => seconds));
  const first = Math.min(0, most(times, Math.min));
  const seconds = most(times, Math.max) - first;
  const places = [
    ...[...segments, ...sacks].flatMap(([, from, to]) => [from, to]),
    ...[...acks].map(([, at]) => at),
    ...ptbs.flatMap(([, , at]) => at ?? []),
  ];
  if (segments.length === 0 || !(seconds > 0)) return '';
  const low = Math.min(0, most(places, Math.min));
  const up = ticks(most(places, Math.max), 4, { whole: true });
  const high = up[up.length - 1]!;
  const x = (at: number): number => LEFT + ((at - first) / seconds) * (RIGHT - LEFT);
  const y = (place: number): number => FLOOR - ((place - low) / (high - low)) * ROOM;
  const bar = (kind: string, at: number, from: number, to: number, says: string): string => {
    const height = Math.max(BAR, y(from) - y(to));
    return rect(kind, { x: x(at) - BAR / 2, y: y(from) - height, width: BAR, height }, `${span(at)}: ${says}`);
  };
  const range = (from: number, to: number): string => `octets ${from} to ${to} (${to - from})`;
  // It stays where it is until the next one, the last until the end: in a black hole that is the picture.
  const line = acks.flatMap(([at, place], index) => {
    const until = acks[index + 1]?.[0] ?? first + seconds;
    return [[x(at), y(place)] as const, [x(until), y(place)] as const];
  });
  const plain = segments.filter(([, , , resent]) => !resent);
  const again = segments.filter(([, , , resent]) => resent);
  const unit = timeUnit(seconds);
  return svg(
    'Time and sequence',
    axes(
      ticks(((seconds + first) / unit.seconds) * 0.98, 6, { above: false }).map((at) => ({
        at: x(at * unit.seconds),
        says: String(at),
      })),
      up.map((at) => ({ at: y(at), says: short(at) })),
      `time since the first packet of the connection, ${unit.sign}`,
      'octets sent',
    ) +
      sacks.map(([at, from, to]) => bar('sack', at, from, to, `SACK of ${range(from, to)}`)).join('') +
      plain.map(([at, from, to]) => bar('size', at, from, to, range(from, to))).join('') +
      polyline('ack', line, 'acknowledged') +
      again.map(([at, from, to]) => bar('again', at, from, to, `sent again, ${range(from, to)}`)).join('') +
      ptbs
        .map(([at, mtu, place]) => {
          const box = {
            x: x(at) - MARK / 2,
            y: (place === null ? TOP - 8 : y(place)) - MARK / 2,
            width: MARK,
            height: MARK,
          };
          return rect('ptb', box, `${span(at)}: PTB, MTU ${mtu}${place === null ? '' : `, about octet ${place}`}`);
        })
        .join(''),
  );
}

const most = (values: readonly number[], of: (one: number, other: number) => number): number =>
  values.reduce((one, other) => of(one, other), values[0] ?? 0);
