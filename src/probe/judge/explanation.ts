/** One way in which the described tunnel may differ from the real one. */
export interface Explanation {
  /** What would have to be so, in words. */
  readonly says: string;
  /** Options that describe it, to be given beside or instead of the user's own. */
  readonly options: string;
  readonly tunnelMtu: number;
  /** How usual it is in the field; for the order only. */
  readonly usual: number;
  /** How to find out whether it is so. */
  readonly test: string;
}
