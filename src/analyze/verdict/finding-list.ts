import { type Finding, gravestFirst } from '../../finding.js';

/** Evidence kept of one code; the sentence says how often it happened. */
const MOST_EVIDENCE = 12;

/** Findings by code: the gravest tells the story, the others are counted, and their evidence is kept up to a bound. */
export class FindingList {
  readonly #held = new Map<string, { finding: Finding; count: number }>();

  add(finding: Finding): void {
    const held = this.#held.get(finding.code);
    if (!held) {
      this.#held.set(finding.code, { finding, count: 1 });
      return;
    }
    held.count++;
    const graver = gravestFirst(finding.severity, held.finding.severity) < 0;
    const [first, second] = graver ? [finding, held.finding] : [held.finding, finding];
    const evidence = [...first.evidence];
    for (const one of second.evidence) if (evidence.length < MOST_EVIDENCE) evidence.push(one);
    held.finding = { ...first, evidence };
  }

  codes(): ReadonlySet<string> {
    return new Set(this.#held.keys());
  }

  /** Gravest first, else in the order they were found. */
  findings(): Finding[] {
    return [...this.#held.values()]
      .map(({ finding, count }) =>
        count > 1 ? { ...finding, says: `${finding.says} (And ${count - 1} more like it.)` } : finding,
      )
      .sort((left, right) => gravestFirst(left.severity, right.severity));
  }
}
