/** What a pasted measurement proves of the way to one host. Sizes are whole IP packets, octets; null: not proven. */
export interface Measurement {
  /** Address, or name where no address is printed; null where the text names none. */
  readonly to: string | null;
  /** Largest packet with DF that was answered. */
  readonly arrived: number | null;
  /** Smallest packet that the own host or a router said is too large. Silence is no refusal. */
  readonly refused: number | null;
  /** Smallest MTU that was named. */
  readonly ptb: number | null;
  /** Who named or refused it; null for the own host. */
  readonly by: string | null;
  readonly line: number;
}

/** All that was measured to one host, from several entries. */
export interface MeasuredPath {
  readonly to: string | null;
  readonly arrived: number | null;
  /** The smallest that is known not to pass: refused, or above a named MTU. */
  readonly refused: number | null;
  readonly ptb: number | null;
}

const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));
const most = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b));

/** One entry a host: the largest that arrived, the smallest that was refused or named. */
export function measuredPaths(measurements: readonly Measurement[]): MeasuredPath[] {
  const paths = new Map<string, MeasuredPath>();
  for (const { to, arrived, refused, ptb } of measurements) {
    const key = to ?? '';
    const held = paths.get(key) ?? { to, arrived: null, refused: null, ptb: null };
    paths.set(key, {
      to,
      arrived: most(held.arrived, arrived),
      refused: least(held.refused, refused),
      ptb: least(held.ptb, ptb),
    });
  }
  return [...paths.values()];
}
