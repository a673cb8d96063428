import type { Finding } from '../finding.js';
import { interfaceMtu } from './interface-check.js';
import type { Merged } from './merge.js';
import { MSS_FITS, notPlausible, tinyMss } from './not-plausible.js';
import { printedFigures } from './printed-figures.js';
import type { ClampReading } from './reading.js';
import type { RowGroup } from './rows.js';

/** Compares what the output itself says about MTU with our figure: agreement is said, a difference explained. */
export function crossCheck(groups: readonly RowGroup[], limiting: RowGroup, merged: Merged): Finding[] {
  const findings = printedFigures(groups);
  const without = groups.filter(({ answer }) => answer === null);
  if (without.length > 0) findings.push(withoutFigure(without, groups.length));
  findings.push(...differentDirections(groups));
  for (const link of merged.links) {
    const finding = interfaceMtu(link, groups, limiting);
    if (finding) findings.push(finding);
  }
  for (const clamp of merged.clamps) {
    // A rule for one interface is that tunnel's; one for another interface (the WAN) is no tunnel's.
    const own = groups.find(
      ({ row, answer }) => answer !== null && row.interface !== null && row.interface === clamp.owner,
    );
    if (clamp.owner === null || own) findings.push(clampedMss(clamp, own ?? limiting));
  }
  return findings;
}

/** A fixed MSS against what fits. */
function clampedMss({ mss, line, setting }: ClampReading, { row }: RowGroup): Finding {
  const fits = row.mss?.ipv4 ?? 0;
  const evidence = [
    { value: mss, from: `MSS, line ${line}` },
    { value: fits, from: `MSS for IPv4, ${row.suite}` },
  ];
  if (mss < fits && tinyMss(mss)) return notPlausible(`the clamp of line ${line} sets MSS ${mss}`, MSS_FITS, evidence);
  if (mss <= fits) {
    const spare = fits - mss;
    const says = `the clamp of line ${line} sets MSS ${mss}: ${spare === 0 ? 'exactly what fits' : `safe, ${spare} octets below the ${fits} that fit`}`;
    return { code: 'clamp-fits', severity: 'info', says, evidence };
  }
  return {
    code: 'mss-above-budget',
    severity: 'warning',
    says: `the clamp of line ${line} sets MSS ${mss}, ${mss - fits} octets more than the ${fits} that fit`,
    evidence,
    fix: `${setting}${fits}`,
  };
}

/** Rows that could limit and have no figure: the answer holds for the others only. */
function withoutFigure(without: readonly RowGroup[], all: number): Finding {
  const [first] = without;
  return {
    code: 'row-without-figure',
    severity: 'warning',
    says: `${without.length} of ${all} rows ${without.length === 1 ? 'has' : 'have'} no figure (line ${first?.row.line}: ${first?.row.missing}): the value is safe for the others only`,
    evidence: without.slice(0, 10).map(({ row }) => ({ value: row.suite, from: `line ${row.line}` })),
    fix: 'give --cipher for a transform of the same lengths, or a row of your own with --ciphers',
  };
}

/** The two directions of one tunnel with different room. */
function differentDirections(groups: readonly RowGroup[]): Finding[] {
  const findings: Finding[] = [];
  const pairs = new Map<string, RowGroup>();
  for (const group of groups) {
    const first = group.members[0];
    if (first?.kind !== 'sa' || group.answer === null || first.source === null || first.destination === null) continue;
    const key = [first.name, ...[first.source, first.destination].sort()].join(' ');
    const other = pairs.get(key);
    const before = other?.members[0];
    if (!other || !before) {
      pairs.set(key, group);
      continue;
    }
    const opposite =
      before.direction !== null ? before.direction !== first.direction : before.source === first.destination;
    if (!opposite || other.row.tunnelMtu === group.row.tunnelMtu) continue;
    findings.push({
      code: 'directions-differ',
      severity: 'warning',
      says: `the two directions between ${first.source} and ${first.destination} differ: ${other.row.suite} leaves ${other.row.tunnelMtu}, ${group.row.suite} ${group.row.tunnelMtu}; the smaller is safe both ways`,
      evidence: [
        { value: other.row.tunnelMtu ?? 0, from: `line ${other.row.line}` },
        { value: group.row.tunnelMtu ?? 0, from: `line ${group.row.line}` },
      ],
    });
  }
  return findings;
}
