import type { ClampPlan } from './plan.js';

/** One box's configuration language. */
export interface SnippetTarget {
  readonly id: string;
  readonly title: string;
  /** Where its syntax comes from. */
  readonly manual: string;
  /** What `--out DIR` calls the file. */
  readonly fileName: string;
  /** How a comment line of the language begins. */
  readonly comment: string;
  /** Releases or dialects that differ, the default first; none: one text serves all. */
  readonly versions?: readonly string[];
  /**
   * The configuration, remarks as comments.
   * @throws MtucalcError for a combination or name the box cannot take.
   */
  render(plan: ClampPlan, version: string): string;
  /** How to take it out again, in the same language. */
  undo(plan: ClampPlan, version: string): string;
}
