import type { CalcRequest } from '../../mtu/calculation.js';
import type { Catalogue } from '../../mtu/catalogue.js';
import { ifPossible } from '../../mtu/possible.js';
import type { Explanation } from './explanation.js';

interface Measured {
  readonly low: number;
  readonly high: number;
}

/** Sizes that people type: round, or quoted in guides. Octets. */
const BY_HAND = [1500, 1450, 1400, 1380, 1360, 1350, 1300, 1280, 1250, 1200] as const;
/** Above every other explanation: nothing but a hand gives such a number, or the named tunnel gives it itself. */
const HAND = 30,
  OWN = 25,
  LINK = 1;
/** Fields that a GRE header may have besides its four octets, RFC 2890. */
const GRE_FIELDS = [
  ['a key', 4],
  ['a key and sequence numbers or a checksum', 8],
  ['a key, sequence numbers and a checksum', 12],
] as const;

/** What comes before any change of layers: a number set by hand, an option of the tunnel that was named. */
export const explainFirst = (request: CalcRequest, measured: Measured, catalogue: Catalogue): Explanation[] => {
  const computed = ifPossible(request, catalogue);
  if (computed === undefined) return [];
  const { tunnelMtu, linkMtu } = computed;
  return [
    ...byHand(tunnelMtu, measured),
    ...greFields(request, tunnelMtu, measured),
    ...narrower(request, linkMtu, measured, catalogue),
  ];
};

function byHand(tunnelMtu: number, { low, high }: Measured): Explanation[] {
  const size = BY_HAND.find((one) => one === low);
  if (size === undefined || low !== high || size >= tunnelMtu) return [];
  return [
    {
      says: `${size} is a round number: an MTU set by hand on an interface of the way`,
      options: `--link-mtu ${size}`,
      tunnelMtu: size,
      usual: HAND,
      test: 'ip link (RouterOS: /interface print) on both gateways and on this host',
    },
  ];
}

/** A GRE header grows by four octets with each of its options; the tunnel stays the one that was named. */
function greFields({ tunnel, stack }: CalcRequest, tunnelMtu: number, { low, high }: Measured): Explanation[] {
  if (stack !== undefined || tunnel === undefined || !/^(gre|gretap|dmvpn)/.test(tunnel)) return [];
  return GRE_FIELDS.flatMap(([what, octets]) => {
    const size = tunnelMtu - octets;
    if (size < low || size > high) return [];
    return [
      {
        says: `the GRE header carries ${what} (${octets} octets, RFC 2890)`,
        options: tunnel === 'gre' && octets === 4 ? '--tunnel gre-key' : `--tunnel ${tunnel}`,
        tunnelMtu: size,
        usual: OWN,
        test: 'ip -d tunnel show (key, icsum, ocsum, iseq, oseq) on both gateways',
      },
    ];
  });
}

/** The description is right and the link below is plainly narrower. */
function narrower(request: CalcRequest, linkMtu: number, { low, high }: Measured, catalogue: Catalogue): Explanation[] {
  for (let link = linkMtu - 1; link >= Math.max(68, linkMtu - 400); link--) {
    const tunnelMtu = ifPossible({ ...request, wan: undefined, linkMtu: link }, catalogue)?.tunnelMtu;
    if (tunnelMtu === undefined || tunnelMtu < low) return [];
    if (tunnelMtu > high) continue;
    return [
      {
        says: `the link below carries ${link} octets instead of ${linkMtu}, whatever the reason`,
        options: `--link-mtu ${link}`,
        tunnelMtu,
        usual: LINK,
        test: `mtucalc probe from the gateway to the other gateway's public address: path MTU ${link} would confirm it`,
      },
    ];
  }
  return [];
}
