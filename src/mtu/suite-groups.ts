import type { Catalogue } from './catalogue.js';
import type { Suite } from './suite.js';

/** Suites of equal lengths: an observer cannot tell them apart. */
export interface SuiteGroup {
  readonly suite: Suite | null;
  readonly names: string[];
  usual: number;
}

/** Every suite of the catalogue, grouped by its lengths, the most usual name first. */
export function suiteGroups(catalogue: Catalogue): SuiteGroup[] {
  const groups = new Map<string, SuiteGroup>();
  const suites = catalogue.encr.flatMap((encr) => {
    const integs = encr.kind === 'aead' ? [null] : catalogue.integ.filter(({ icv, ahOnly }) => icv > 0 && !ahOnly);
    return integs.map((integ) => ({ encr, integ, usual: integ ? Math.min(encr.usual, integ.usual) : encr.usual }));
  });
  for (const { encr, integ, usual } of suites.sort((a, b) => b.usual - a.usual)) {
    const name = integ ? `${encr.name} with ${integ.name}` : encr.name;
    const key = `${Math.max(4, encr.block)}/${encr.iv}/${encr.icv + (integ?.icv ?? 0)}`;
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
