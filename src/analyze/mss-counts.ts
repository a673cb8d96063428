/** How often each MSS was announced; 'none' for a SYN without the option. */
export class MssCounts {
  /** By MSS; -1 where the option is missing. */
  private readonly counts = new Map<number, number>();

  /** An MSS of 0 to 65535, or -1 where the option is missing. */
  add(mss: number, times = 1): void {
    this.counts.set(mss, (this.counts.get(mss) ?? 0) + times);
  }

  values(): Record<string, number> {
    const seen: Record<string, number> = {};
    for (const [mss, count] of this.counts) seen[mss < 0 ? 'none' : mss] = count;
    return seen;
  }
}
