import type { Imported } from '../device/imported.js';
import type { Finding } from '../finding.js';
import type { Diagnosed, Placed, ReadThing } from './answer.js';

type Fits = Diagnosed['fits'];
type Carried = Diagnosed['carries'][number];
type Target = NonNullable<Diagnosed['target']>;

const gravity = { problem: 0, warning: 1, info: 2 } as const;

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

export const carriesOf = (things: readonly ReadThing[]): Carried[] =>
  things.flatMap(({ name, imported }) => {
    const measured = imported && 'paths' in imported ? imported.paths : [];
    return measured.map(({ to, arrived, refused, ptb }) => ({ to, arrived, refused, ptb, of: name }));
  });

export const importedOf = (things: readonly ReadThing[]): Imported[] =>
  things.flatMap(({ imported }) => (imported && 'calculation' in imported ? [imported] : []));

/** The largest packet that is known to pass, or the smallest limit that anything names. */
export function targetOf(fits: Fits, carries: readonly Carried[], things: readonly ReadThing[]): Target | null {
  const limits = [
    ...(fits ? [{ mtu: fits.tunnelMtu, from: `what fits by ${fits.of}` }] : []),
    ...carries.flatMap(({ arrived, refused, ptb, of }) => {
      const known = ptb ?? (refused === null ? null : arrived);
      return known === null ? [] : [{ mtu: known, from: `what ${of} measured` }];
    }),
    ...things.flatMap(({ name, capture }) =>
      (capture?.ptbs ?? [])
        .filter(({ mtu, match }) => mtu >= 576 && match === 'flow')
        .map(({ mtu }) => ({ mtu, from: `a PTB in ${name}` })),
    ),
  ];
  const [least] = [...limits].sort((a, b) => a.mtu - b.mtu);
  return least ? { ...least, mss: { ipv4: least.mtu - 40, ipv6: least.mtu - 60 } } : null;
}

/** What no single thing shows: that two of them disagree. */
export function contradictions(fits: Fits, carries: readonly Carried[], things: readonly ReadThing[]): Finding[] {
  if (!fits) return [];
  const found: Finding[] = [];
  const ours = { value: fits.tunnelMtu, from: `what fits: ${fits.says} on ${fits.linkMtu} (${fits.of})` };
  for (const { to, refused, ptb, of } of carries) {
    const most = Math.min(ptb ?? Number.POSITIVE_INFINITY, refused === null ? Number.POSITIVE_INFINITY : refused - 1);
    if (most >= fits.tunnelMtu) continue;
    found.push({
      code: 'path-narrower',
      severity: 'problem',
      says: `${fits.tunnelMtu} octets fit the tunnel, but the path to ${to ?? 'the far host'} takes at most ${most}: a smaller link or another layer lies on it`,
      evidence: [ours, { value: most, from: `measured (${of})` }],
      fix: `set the tunnel's MTU and the clamp for ${most}; mtucalc identify ${most} lists what gives that number`,
    });
  }
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
    ...things.flatMap(({ name, linted }) => (linted?.findings ?? []).map((one) => ({ ...one, of: name }))),
    ...things.flatMap(({ name, imported }) => (imported?.findings ?? []).map((one) => ({ ...one, of: name }))),
  ];
  return placed.sort((a, b) => gravity[a.severity] - gravity[b.severity]);
}
