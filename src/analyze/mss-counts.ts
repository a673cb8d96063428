/** How often each MSS was announced; 'none' for a SYN without the option. */
export class MssCounts {
  private counts = new Uint32Array(0);
  private without = 0;

  /** An MSS of 0 to 65535, or -1 where the option is missing. */
  add(mss: number): void {
    if (mss < 0) {
      this.without += 1;
      return;
    }
    if (this.counts.length === 0) this.counts = new Uint32Array(65_536);
    this.counts[mss] = (this.counts[mss] as number) + 1;
  }

  values(): Record<string, number> {
    const seen: Record<string, number> = {};
    for (let mss = 0; mss < this.counts.length; mss++) {
      const count = this.counts[mss] as number;
      if (count > 0) seen[mss] = count;
    }
    if (this.without > 0) seen.none = this.without;
    return seen;
  }
}
