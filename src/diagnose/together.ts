import type { Imported } from '../device/imported.js';
import { type Finding, gravestFirst } from '../finding.js';
import { mssOf } from '../mtu/mss.js';
import type { Carried, Diagnosed, Placed, ReadThing } from './answer.js';
import { announcedAbove, limitOf, pathFindings } from './paths.js';

type Fits = Diagnosed['fits'];
type Target = NonNullable<Diagnosed['target']>;

/** What the SAs and the link leave: the smallest of all that was shown. */
export function fitsOf(things: readonly ReadThing[]): Fits {
  const tunnels = things.flatMap(({ name, imported }) =>
    imported && 'calculation' in imported ? [{ name, imported }] : [],
  );
  const [least] = [...tunnels].sort((a, b) => a.imported.tunnelMtu - b.imported.tunnelMtu);
  if (!least) return null;
  const { tunnelMtu, mss, linkMtu, calculation } = least.imported;
  const says = calculation.described.suite ?? calculation.described.tunnel;
  return { tunnelMtu, mss, linkMtu, says, of: least.name };
}

export const importedOf = (things: readonly ReadThing[]): Imported[] =>
  things.flatMap(({ imported }) => (imported && 'calculation' in imported ? [imported] : []));

/** The largest packet that is known to pass, or the smallest limit that anything names. */
export function targetOf(fits: Fits, carries: readonly Carried[], things: readonly ReadThing[]): Target | null {
  const limits = [
    ...(fits ? [{ mtu: fits.tunnelMtu, from: `what fits by ${fits.of}` }] : []),
    ...carries.flatMap((one) => {
      const mtu = limitOf(one);
      return mtu === null ? [] : [{ mtu, from: one.verdict ? `the path to ${one.of}` : `what ${one.of} measured` }];
    }),
    ...things.flatMap(({ name, capture }) =>
      (capture?.ptbs ?? [])
        .filter(({ mtu, match }) => mtu >= 576 && match === 'flow')
        .map(({ mtu }) => ({ mtu, from: `a PTB in ${name}` })),
    ),
  ];
  const [least] = [...limits].sort((a, b) => a.mtu - b.mtu);
  return least ? { ...least, mss: mssOf(least.mtu) } : null;
}

/** What no single thing shows: that two of them disagree. */
export function contradictions(fits: Fits, carries: readonly Carried[], things: readonly ReadThing[]): Finding[] {
  if (!fits) return carries.flatMap((path) => things.flatMap((thing) => announcedAbove(path, thing)));
  const ours = { value: fits.tunnelMtu, from: `what fits: ${fits.says} on ${fits.linkMtu} (${fits.of})` };
  const found: Finding[] = carries.flatMap((path) => pathFindings(path, fits, ours));
  for (const { name, capture } of things) {
    for (const flow of capture?.flows ?? []) {
      if (flow.protocol !== 'tcp') continue;
      const above = flow.directions.filter(
        ({ mss }) => mss !== null && mss > (flow.family === 6 ? fits.mss.ipv6 : fits.mss.ipv4),
      );
      const [first] = above;
      if (!first || first.mss === null) continue;
      const one = above.length === 1 && flow.directions.every(({ mss }) => mss !== null);
      found.push({
        code: one ? 'clamped-one-way-here' : 'not-clamped-here',
        severity: 'warning',
        says: `${first.from} -> ${first.to} announces MSS ${first.mss}, where ${flow.family === 6 ? fits.mss.ipv6 : fits.mss.ipv4} fits${one ? '; the other direction is lowered' : ''}: full segments of the peer do not pass in one packet, if this connection goes through the tunnel`,
        evidence: [ours, { value: first.mss, from: `MSS option, frame ${first.mssFrame} (${name})` }],
        fix: 'clamp the MSS in both directions: the lines below',
      });
      break;
    }
  }
  return found;
}

/** Every finding with where it comes from, what to act on first in front. */
export function findingsOf(things: readonly ReadThing[], together: readonly Finding[]): Placed[] {
  const placed: Placed[] = [
    ...things.flatMap(({ name, capture }) => {
      const findings = capture?.findings ?? [];
      return findings.map((one) => ({ ...one, of: name }));
    }),
    ...together.map((one) => ({ ...one, of: null })),
    ...things.flatMap(({ name, probed }) => (probed?.findings ?? []).map((one) => ({ ...one, of: name }))),
    ...things.flatMap(({ name, linted }) => (linted?.findings ?? []).map((one) => ({ ...one, of: name }))),
    ...things.flatMap(({ name, imported }) => (imported?.findings ?? []).map((one) => ({ ...one, of: name }))),
  ];
  return placed.sort((a, b) => gravestFirst(a.severity, b.severity));
}
