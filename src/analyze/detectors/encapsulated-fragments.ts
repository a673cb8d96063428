import { type Detector, finding, inFrame, plural } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import type { FragmentGroup } from '../log/fragment-log.js';
import { hostName } from '../signs/elsewhere.js';
import { isEncapsulated } from '../signs/fragment-signs.js';

const names = { esp: 'ESP', natt: 'UDP-encapsulated ESP', tunnel: 'tunnel' } as const;

/** Waits that double so often in a row are a sender that times out. */
const LEAST_WAITS = 3;
/** Real gateways cut at the MTU of their link; a lone or tiny piece is a test or a damaged frame. */
const LEAST_PIECE = 256;

/** Encrypted first, fragmented after: the far gateway must reassemble before it can decrypt (RFC 4301 8.1). */
export const encapsulatedFragments: Detector = {
  id: 'encapsulated-fragments',
  capture(capture) {
    return capture.fragments.flatMap((group) => {
      if (!isEncapsulated(group) || group.datagrams === 0) return [];
      if (group.laterOnly === group.datagrams) {
        return [
          finding(
            'inconclusive',
            'info',
            `${group.from} -> ${group.to}: of ${plural(group.datagrams, 'encapsulated packet')} only the later pieces are in this ` +
              'capture: the first ones were lost before it, or by its filter.',
            group.frames.slice(0, 4).map((frame) => inFrame('piece', frame, 'fragment offset')),
          ),
        ];
      }
      if (group.largestPiece < LEAST_PIECE || (group.complete === 0 && group.datagrams < 3)) return [];
      const lost = areLost(group, capture);
      const size = group.largestDatagram || group.largestPiece;
      const excess =
        group.largestDatagram > 0 ? ` of up to ${group.largestDatagram} octets in pieces of ${group.largestPiece}` : '';
      const evidence = group.frames.slice(0, 4).map((frame) => inFrame('piece', frame, 'fragment offset'));
      const says = `${group.from} -> ${group.to}: ${plural(group.datagrams, `${names[group.kind as keyof typeof names] ?? 'UDP tunnel'} packet`)}${excess}`;
      if (lost) {
        return [
          finding(
            'post-frag-dropped',
            'problem',
            `${says}, and ${lost}: a hop on the way drops fragments.`,
            [{ value: size, from: 'octets before fragmentation' }, ...evidence],
            'keep the inner packets small enough: clamp the MSS and lower the tunnel MTU (`mtucalc calc`, `mtucalc snippet`)',
          ),
        ];
      }
      return [
        finding(
          'post-frag',
          'warning',
          `${says}: fragmented after encapsulation, which the far gateway must put together before it can go on.` +
            (group.firstOnly === group.datagrams
              ? ' Only first pieces are in this capture: a capture filter with ports leaves the later ones out, or a hop before it drops them.'
              : ''),
          [{ value: size, from: 'octets before fragmentation' }, ...evidence],
          'set the tunnel MTU and clamp the MSS to what fits in one packet: `mtucalc calc`, `mtucalc snippet`',
        ),
      ];
    });
  },
};

/** Only first pieces arrive; or after each the sender waits twice as long, and nothing comes back. */
function areLost(group: FragmentGroup, capture: CaptureFacts): string | undefined {
  const waits = waitsOf(group, capture);
  if (group.datagrams >= 3 && group.firstOnly === group.datagrams && (waits || !mayBeFiltered(group, capture))) {
    return `only their first pieces are here${waits ? `; ${waits}` : ''}`;
  }
  return waits && `${waits}, with no answer`;
}

/** Doubled waits before packets of this group: of ESP, of a UDP tunnel, or of a connection inside that can be read. */
function waitsOf(group: FragmentGroup, { tunnels, flows }: CaptureFacts): string | undefined {
  const esp = tunnels.find(
    ({ waits, fragmented, from, to }) =>
      waits >= LEAST_WAITS && fragmented > 0 && from === group.from && to === group.to,
  );
  if (esp) return `they are sent again after waits that double ${esp.waits} times`;
  for (const flow of flows) {
    for (const one of flow.directions) {
      const waits = one.asked?.waits;
      const here = hostName(one.from) === group.from && hostName(one.to) === group.to;
      if (here && waits && waits.count >= LEAST_WAITS && one.asked?.answered.large === 0) {
        return `they are sent again after waits that double ${waits.count} times`;
      }
      const { run } = one;
      if (flow.inner && run && run.count >= LEAST_WAITS && run.ip > one.deliveredIp && group.largestDatagram > run.ip) {
        return `those of a connection inside were sent again ${run.count} times`;
      }
    }
  }
  return undefined;
}

/**
 * A capture filter with ports (`udp port 4500`) never matches a later piece. ESP and GRE have none; one later piece
 * settles it.
 */
function mayBeFiltered(group: FragmentGroup, capture: CaptureFacts): boolean {
  return group.ports && !capture.fragments.some(({ pieces, datagrams }) => pieces > datagrams);
}
