import type { Calculation } from '../mtu/calculation.js';
import type { Mss } from '../mtu/mss.js';
import { SCHEMA_VERSION, type SchemaVersion } from '../schema-version.js';
import { choicesOfWords } from './choose.js';
import { emit, type LeftOut, type Snippet, type Undo } from './emit.js';
import { type PlanChoices, planOf } from './plan.js';

/** The value of `mtucalc snippet`; `--json` prints exactly this. Lengths in octets. */
export interface SnippetSet {
  readonly schemaVersion: SchemaVersion;
  readonly tunnelMtu: number;
  readonly mss: Mss;
  /** In the order of the targets named; no two with the same `fileName`. */
  readonly snippets: readonly Omit<Snippet, 'comment'>[];
  /** Of `all`, what cannot be made. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * Configuration for the targets named (`routeros`, `vyos@1.3`, `all`), from a calculation and what is known of the
 * boxes.
 * @throws MtucalcError for unknown targets and for choices that contradict each other, the tunnel or the box.
 */
export function snippets(
  targets: readonly string[],
  calculation: Calculation,
  choices: PlanChoices = {},
  { undo = 'no' }: { readonly undo?: Undo | boolean } = {},
): SnippetSet {
  // An unknown target is said before what the plan lacks.
  choicesOfWords(targets);
  const plan = planOf(calculation, choices);
  const { snippets: made, leftOut } = emit(targets, plan, undo);
  return {
    schemaVersion: SCHEMA_VERSION,
    tunnelMtu: plan.tunnelMtu,
    mss: plan.mss,
    snippets: made.map(({ comment: _, ...one }) => ({ ...one, fileName: ownName(one, made) })),
    leftOut,
  };
}

/** The same target in two versions needs two files. */
const ownName = ({ target, version, fileName }: Omit<Snippet, 'comment'>, all: readonly Snippet[]): string =>
  all.filter((other) => other.target === target).length > 1 ? fileName.replace(/\.(\w+)$/, `-${version}.$1`) : fileName;
