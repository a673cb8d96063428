/** Round numbers from 0 up to `most` or the next one above it, about `parts` of them. */
export function ticks(most: number, parts: number, { whole = false, above = true } = {}): number[] {
  const rough = Math.max(most, Number.MIN_VALUE) / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(whole ? 1 : 0, ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10) * power);
  const count = above ? Math.ceil(most / step - 1e-9) : Math.floor(most / step + 1e-9);
  return Array.from({ length: Math.max(above ? 1 : 0, count) + 1 }, (_, index) =>
    Number((index * step).toPrecision(12)),
  );
}

/** 1500, 80 k, 1.5 M: short enough to stand beside an axis. */
export function short(value: number): string {
  if (value < 10_000) return String(value);
  const [unit, sign] = value < 1e6 ? [1e3, 'k'] : value < 1e9 ? [1e6, 'M'] : [1e9, 'G'];
  return `${Number((value / unit).toPrecision(3))} ${sign}`;
}

const units = [
  [1e-3, 'ms', 1],
  [1, 's', 300],
  [60, 'min', 3 * 3600],
  [3600, 'h', 3 * 86_400],
  [86_400, 'days', Number.POSITIVE_INFINITY],
] as const;

/** The unit in which a stretch of time is told: its seconds and its sign. */
export function timeUnit(seconds: number): { readonly seconds: number; readonly sign: string } {
  const [unit, sign] = units.find(([, , below]) => seconds < below) ?? units[4];
  return { seconds: unit, sign };
}

/** 0.0213 -> "21.3 ms", 4000 -> "66.7 min". */
export function span(seconds: number): string {
  const unit = timeUnit(seconds);
  return `${Number((seconds / unit.seconds).toPrecision(3))} ${unit.sign}`;
}
