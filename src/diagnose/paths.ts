import type { Evidence, Finding } from '../finding.js';
import { fixedHeaders } from '../mtu/mss.js';
import type { ProbeResult } from '../probe/result.js';
import type { Carried, Diagnosed, ReadThing } from './answer.js';

type Fits = NonNullable<Diagnosed['fits']>;

/** What measurements prove, those of texts and those made now. */
export const carriesOf = (things: readonly ReadThing[]): Carried[] => {
  const peers = new Set(things.flatMap(farEnds));
  return things.flatMap(({ name, imported, probed }): Carried[] => {
    const measured = imported && 'paths' in imported ? imported.paths : [];
    return [
      ...measured.map(({ to, arrived, refused, ptb }) => {
        const way = to !== null && peers.has(to) ? ('peer' as const) : ('path' as const);
        return { to, arrived, refused, ptb, of: name, verdict: null, way };
      }),
      ...(probed ? [carried(name, probed, peers)] : []),
    ];
  });
};

function carried(
  of: string,
  { host, address, pathMtu, interval, mss, verdict, findings }: ProbeResult,
  peers: Set<string>,
) {
  const self = findings.some(({ code }) => code === 'own-address');
  const high = pathMtu ?? interval?.high;
  return {
    to: host,
    arrived: mss === null ? null : (pathMtu ?? interval?.low ?? null),
    // What was broken off proves no upper end.
    refused: high === undefined || verdict === 'unfinished' ? null : high + 1,
    ptb: null,
    of,
    verdict,
    way: self ? ('self' as const) : peers.has(address) ? ('peer' as const) : ('path' as const),
  };
}

/** Outer addresses of the tunnels that were shown: a path to one of them lies outside of the tunnel. */
const farEnds = ({ imported }: ReadThing): string[] =>
  imported && 'rows' in imported
    ? imported.rows.flatMap(({ between }) => between.flatMap((both) => both.split(' > ')))
    : [];

/** The largest packet that a path is known to take; null where that is open, or it is no path through the tunnel. */
export function limitOf({ arrived, refused, ptb, verdict, way }: Carried): number | null {
  if (way !== 'path') return null;
  // An interval says where the number lies, not what it is.
  if (verdict !== null) return arrived !== null && refused === arrived + 1 ? arrived : null;
  return ptb ?? (refused === null ? null : arrived);
}

const mostOf = ({ refused, ptb }: Carried): number =>
  Math.min(ptb ?? Number.POSITIVE_INFINITY, refused === null ? Number.POSITIVE_INFINITY : refused - 1);

/** Where a path and what was computed disagree. */
export function pathFindings(path: Carried, fits: Fits, ours: Evidence): Finding[] {
  const { to, arrived, of, way } = path;
  const most = mostOf(path);
  const host = to ?? 'the far host';
  const measured = (value: number): Evidence => ({ value, from: `measured (${of})` });
  if (way === 'self') return [];
  if (way === 'peer') {
    if (most >= fits.linkMtu) return [];
    return [
      {
        code: 'link-narrower',
        severity: 'problem',
        says: `the tunnel was computed on a link of ${fits.linkMtu}, but the path to its far end ${host} takes at most ${most}: less than ${fits.tunnelMtu} fits inside`,
        evidence: [ours, measured(most)],
        fix: `compute it again with --link-mtu ${most}`,
      },
    ];
  }
  if (most < fits.tunnelMtu)
    return [
      {
        code: 'path-narrower',
        severity: 'problem',
        says: `${fits.tunnelMtu} octets fit the tunnel, but the path to ${host} takes at most ${most}: a smaller link or another layer lies on it`,
        evidence: [ours, measured(most)],
        fix: `set the tunnel's MTU and the clamp for ${most}; mtucalc identify ${most} lists what gives that number`,
      },
    ];
  if (arrived === null || arrived <= fits.tunnelMtu) return [];
  return [
    {
      code: 'path-wider',
      severity: 'info',
      says: `packets of ${arrived} octets reach ${host}, where ${fits.tunnelMtu} fit the tunnel: the path does not lead through this tunnel, or it cuts packets outside`,
      evidence: [ours, measured(arrived)],
      fix: 'measure a host behind the tunnel',
    },
  ];
}

/** An MSS that a capture shows toward the very host whose path was measured, and that the path does not carry. */
export function announcedAbove(path: Carried, { name, capture }: ReadThing): Finding[] {
  const most = mostOf(path);
  if (path.to === null || path.way === 'self' || !Number.isFinite(most)) return [];
  for (const flow of capture?.flows ?? []) {
    if (flow.protocol !== 'tcp') continue;
    const room = most - fixedHeaders(flow.family);
    if (!flow.directions.some(({ from }) => addressOf(from) === path.to)) continue;
    const above = flow.directions.find(({ mss }) => mss !== null && mss > room);
    if (!above || above.mss === null) continue;
    return [
      {
        code: 'mss-above-path',
        severity: 'warning',
        says: `${above.from} -> ${above.to} announces MSS ${above.mss}, but the path to ${path.to} carries segments of ${room} octets at most`,
        evidence: [
          { value: most, from: `measured (${path.of})` },
          { value: above.mss, from: `MSS option, frame ${above.mssFrame} (${name})` },
        ],
        fix: 'clamp the MSS in both directions',
      },
    ];
  }
  return [];
}

/** `192.0.2.1:443` and `[2001:db8::1]:443` without their port. */
const addressOf = (end: string): string => /^\[?(.*?)\]?:\d+$/.exec(end)?.[1] ?? end;
