import type { ClampPlan, IpsecStyle, PlanChoices } from './plan.js';

/** An option of the user's that a box may or may not be able to honour. */
export type ChoiceName = keyof Omit<PlanChoices, 'name' | 'ipsec' | 'inner' | 'natT' | 'readIf' | 'child'>;

/** One box's configuration language. */
export interface SnippetTarget {
  readonly id: string;
  /** What else people call it, vendors and products among them; never the name of another target. */
  readonly aliases?: readonly string[];
  readonly title: string;
  /** Where its syntax comes from. */
  readonly manual: string;
  /** What `--out DIR` calls the file; the tunnel's name is put behind `mtucalc`. */
  readonly fileName: string;
  /** How a comment line of the language begins. */
  readonly comment: string;
  /** Releases or dialects that differ, the default first; none: one text serves all. */
  readonly versions?: readonly string[];
  /** The choices it has a use for; of the others it is said that they have no effect here. */
  readonly honours: readonly ChoiceName[];
  /** How this box does IPsec where the user did not say; policy-based if absent. */
  assume?(plan: ClampPlan): IpsecStyle;
  /** Prints something for a host whose own packets are in the SA (transport mode). */
  readonly hosts?: boolean;
  /**
   * The configuration, remarks as comments.
   * @throws MtucalcError for a combination or name the box cannot take.
   */
  render(plan: ClampPlan, version: string): string;
  /** How to take it out again, in the same language; `all`: what every tunnel's snippet set, not only this one's. */
  undo(plan: ClampPlan, version: string, all: boolean): string;
}
