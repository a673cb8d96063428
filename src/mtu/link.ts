import { MtucalcError } from '../error.js';
import type { Finding } from '../finding.js';
import { findRow } from './alias.js';
import { checkLinkMtu } from './budget.js';
import type { Assumption, CalcRequest } from './calculation.js';
import type { Catalogue, WanRow } from './catalogue.js';
import { hintForRow, shown } from './nearest.js';

export interface Link {
  readonly linkMtu: number;
  readonly name: string;
  readonly source: string;
  readonly assumptions: readonly Assumption[];
  readonly warnings: readonly Finding[];
  /** Where it carries one IP version only. */
  readonly carries: 4 | 6 | undefined;
}

export function findWan(name: string, catalogue: Catalogue): WanRow {
  const row = findRow(catalogue.wan, name);
  if (!row)
    throw new MtucalcError(
      'unknown-name',
      `unknown WAN ${shown(name)}`,
      /^\d+$/.test(name)
        ? `for a number: --link-mtu ${name}`
        : `${hintForRow(name, catalogue.wan)} (--link-mtu N takes any value)`,
    );
  return row;
}

/** The IP version outside: as asked, or the only one the WAN carries, or IPv4. */
export const outerOf = ({ outer, wan }: CalcRequest, catalogue: Catalogue): 4 | 6 =>
  outer ?? (wan === undefined ? 4 : (findWan(wan, catalogue).carries ?? 4));

const hasTunnel = ({ cipher, tunnel, stack, ah }: CalcRequest): boolean =>
  cipher !== undefined || ah === true || stack !== undefined || (tunnel !== undefined && tunnel !== 'none');

/**
 * The link under the outermost layer: `--link-mtu` before `--wan` before Ethernet, which is then said to be assumed.
 */
export function linkOf(request: CalcRequest, catalogue: Catalogue, outer: 4 | 6 = outerOf(request, catalogue)): Link {
  const { wan, linkMtu, natT } = request;
  if (linkMtu !== undefined) checkLinkMtu(linkMtu);
  if (wan === undefined && linkMtu !== undefined) {
    return { linkMtu, name: 'given', source: '--link-mtu', assumptions: [], warnings: [], carries: undefined };
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
  if (row.inside) assumptions.push({ what: 'wan', says: row.inside.says });
  const usual = outer === 6 ? (row.linkMtu6 ?? row.linkMtu) : row.linkMtu;
  const warnings: Finding[] = [];
  if (row.carries !== undefined && row.carries !== outer) {
    warnings.push({
      code: 'wan-family',
      severity: 'warning',
      says: `${row.name} carries IPv${row.carries} only: IPv${outer} outside goes another way, whose MTU is not this one`,
      evidence: [{ value: row.carries, from: row.source }],
      fix: `--outer ${row.carries}, or the --wan that carries IPv${outer}`,
    });
  }
  if (row.within && linkMtu === undefined && hasTunnel(request)) {
    warnings.push({
      code: 'wan-inside-only',
      severity: 'warning',
      says: `${row.name}: ${usual} ${row.within.says}`,
      evidence: [{ value: usual, from: row.source }],
      fix: `--wan ${row.within.instead} for a tunnel that goes further`,
    });
  }
  if (row.nat && outer === 4 && natT === false) {
    warnings.push({
      code: 'nat-on-the-way',
      severity: 'warning',
      says: `${row.name} translates IPv4 addresses on the way: ESP without NAT-T does not pass`,
      evidence: [{ value: row.name, from: row.source }],
      fix: '--nat-t',
    });
  }
  return { linkMtu: linkMtu ?? usual, name: row.name, source: row.source, assumptions, warnings, carries: row.carries };
}
