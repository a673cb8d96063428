import { MtucalcError } from '../error.js';
import { findRow } from './alias.js';
import { checkLinkMtu } from './budget.js';
import type { Assumption, CalcRequest } from './calculation.js';
import type { Catalogue, WanRow } from './catalogue.js';
import { didYouMean, shown } from './nearest.js';

export interface Link {
  readonly linkMtu: number;
  readonly name: string;
  readonly source: string;
  readonly assumptions: readonly Assumption[];
}

export function findWan(name: string, catalogue: Catalogue): WanRow {
  const row = findRow(catalogue.wan, name);
  if (!row)
    throw new MtucalcError(
      'wan',
      `unknown WAN ${shown(name)}`,
      `${didYouMean(
        name,
        catalogue.wan.map(({ id }) => id),
      )} (--link-mtu N takes any value)`,
    );
  return row;
}

/** The link under the outermost layer: `--link-mtu` before `--wan` before Ethernet, which is then said to be assumed. */
export function linkOf({ wan, linkMtu }: CalcRequest, catalogue: Catalogue): Link {
  if (linkMtu !== undefined) checkLinkMtu(linkMtu);
  if (wan === undefined && linkMtu !== undefined) {
    return { linkMtu, name: 'given', source: '--link-mtu', assumptions: [] };
  }
  const row = findWan(wan ?? 'ethernet', catalogue);
  const assumptions: Assumption[] = [];
  if (wan === undefined) {
    assumptions.push({
      what: 'wan',
      says: `WAN not given: ${row.name} with link MTU ${row.linkMtu} assumed (--wan or --link-mtu decides)`,
    });
  }
  if (linkMtu !== undefined && linkMtu !== row.linkMtu) {
    assumptions.push({ what: 'wan', says: `--link-mtu ${linkMtu} overrides ${row.name}'s ${row.linkMtu}` });
  }
  return { linkMtu: linkMtu ?? row.linkMtu, name: row.name, source: row.source, assumptions };
}
