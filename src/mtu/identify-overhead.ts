import { SCHEMA_VERSION } from '../schema-version.js';
import { overheadRange } from './budget.js';
import type { Catalogue, TunnelRow } from './catalogue.js';
import type { Identification, Match } from './identification.js';
import { IP_HEADER } from './mss.js';
import type { Observed } from './observed.js';
import { fitAll } from './profile.js';
import { shapesOf } from './shapes.js';
import { buildStack } from './stack.js';
import { suiteGroups } from './suite-groups.js';
import { expandTunnel } from './tunnel.js';

/** The link that stands for all: an overhead says nothing about it. */
const LINK = { wan: 'Ethernet', linkMtu: 1500, usual: 10 } as const;

/** Stacks that grow a packet by just this much: by exactly so much, or from the least to the most. */
export function identifyOverhead(
  observed: Extract<Observed, { as: 'overhead' }>,
  catalogue: Catalogue,
): Identification {
  const { least, most } = observed;
  const matches: Match[] = shapesOf(catalogue).flatMap(({ tunnel, suites, mode, natT, outer, layers, usual }) => {
    if (layers.length === 0) return [];
    const range = overheadRange({ linkMtu: LINK.linkMtu, layers });
    // One number is the worst case, where padding makes it a range.
    if (range.most !== most || (least !== most && range.least !== least)) return [];
    const tunnelMtu = fitAll(layers, LINK.linkMtu);
    return [{ ...LINK, tunnel: tunnel.id, suites, mode, natT, outer, tunnelMtu, usual: LINK.usual + usual }];
  });
  matches.sort((a, b) => b.usual - a.usual);
  const exact = matches.length > 0;
  const what = least === most ? `${most}` : `${least} to ${most}`;
  return {
    schemaVersion: SCHEMA_VERSION,
    observed,
    exact,
    readings: exact ? [{ kind: 'overhead', as: 'overhead, octets', exact, tunnelMtu: null, matches }] : [],
    known: [],
    notes: exact
      ? [
          'Block padding makes the overhead of one tunnel a range: the tunnel MTU is computed from the layers, not as link MTU less the worst case.',
        ]
      : [`no stack that is known grows every packet by ${what} octets`],
  };
}

/**
 * Cisco ASA counts a full block of padding, of a combined mode's one octet: first number = outer IP + ESP + IV (the
 * second) + trailer 2 + block + ICV.
 */
export function identifyPair(observed: Extract<Observed, { as: 'pair' }>, catalogue: Catalogue): Identification {
  const matches: Match[] = [];
  const tunnel = catalogue.tunnels.find(({ id }) => id === 'ipsec') as TunnelRow;
  for (const { suite, names, usual } of suiteGroups(catalogue)) {
    if (!suite?.encr) continue;
    for (const outer of [4, 6] as const) {
      for (const natT of [false, true]) {
        const header = IP_HEADER[outer] + (natT ? 8 : 0) + 8 + suite.encr.iv;
        const overhead = header + 2 + suite.encr.block + suite.encr.icv + (suite.integ?.icv ?? 0);
        if (header !== observed.header || overhead !== observed.overhead) continue;
        const stack = buildStack(expandTunnel(tunnel, { outer, natT, suite, mode: undefined }, catalogue), catalogue);
        matches.push({
          ...LINK,
          tunnel: tunnel.id,
          suites: names,
          mode: null,
          natT,
          outer,
          tunnelMtu: fitAll(stack.layers, LINK.linkMtu),
          usual: LINK.usual + tunnel.usual + usual + (outer === 6 ? -3 : 0),
        });
      }
    }
  }
  matches.sort((a, b) => b.usual - a.usual);
  const exact = matches.length > 0;
  const note =
    'Cisco ASA counts a full block of padding: its first number is one octet more than the worst case on the wire, of combined modes two less.';
  return {
    schemaVersion: SCHEMA_VERSION,
    observed,
    exact,
    readings: exact ? [{ kind: 'overhead', as: 'Cisco ASA ipsec overhead', exact, tunnelMtu: null, matches }] : [],
    known: [],
    notes: exact ? [note] : [note, 'no known suite has this pair'],
  };
}
