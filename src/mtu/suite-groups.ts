import type { Catalogue } from './catalogue.js';
import type { Suite } from './suite.js';
import { suitePairs } from './suite-pairs.js';

/** Suites of equal lengths: an observer cannot tell them apart. */
export interface SuiteGroup {
  readonly suite: Suite | null;
  readonly names: string[];
  usual: number;
}

/** Every suite of the catalogue, grouped by its lengths, the most usual name first. */
export function suiteGroups(catalogue: Catalogue): SuiteGroup[] {
  const groups = new Map<string, SuiteGroup>();
  for (const { encr, integ, name, icv, usual } of suitePairs(catalogue)) {
    const key = `${Math.max(4, encr.block)}/${encr.iv}/${icv}`;
    const group = groups.get(key);
    if (group) group.names.push(name);
    else
      groups.set(key, {
        suite: {
          text: name,
          encr,
          integ,
          keyBits: null,
          integAssumed: false,
          truncationSaid: true,
          ah: null,
          remarks: [],
        },
        names: [name],
        usual,
      });
  }
  return [...groups.values()];
}
