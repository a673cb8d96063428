import type { CalcRequest } from '../../mtu/calculation.js';
import type { Catalogue } from '../../mtu/catalogue.js';
import { IP_HEADER } from '../../mtu/mss.js';
import { ifPossible } from '../../mtu/possible.js';
import { suitePairs } from '../../mtu/suite-pairs.js';
import { findTunnel, isIpsec } from '../../mtu/tunnel.js';
import { explainFirst } from './explain-first.js';
import type { Explanation } from './explanation.js';

interface Change extends Omit<Explanation, 'tunnelMtu'> {
  readonly what: string;
  readonly change: Partial<CalcRequest>;
}

const MOST = 8;
/** Two changes at once are less likely than either, and only usual ones are tried together. */
const PAIR = 12,
  FIT_TO_PAIR = 4;

/**
 * Which change to the description, or which two usual ones, give what was measured, most usual first. Every one is
 * computed by the calculator itself, so padding is right.
 */
export function explain(
  request: CalcRequest,
  measured: { readonly low: number; readonly high: number },
  catalogue: Catalogue,
): Explanation[] {
  const changes = changesOf(request, catalogue);
  const matching = (list: readonly Change[]): Explanation[] =>
    list.flatMap(({ what: _what, change, ...rest }) => {
      const tunnelMtu = ifPossible({ ...request, ...change }, catalogue)?.tunnelMtu;
      return tunnelMtu !== undefined && tunnelMtu >= measured.low && tunnelMtu <= measured.high
        ? [{ ...rest, tunnelMtu }]
        : [];
    });
  // Another kind of tunnel than the one named is unlikely; together with a second change it is not believed at all.
  const fit = changes.filter(({ usual, what }) => usual >= FIT_TO_PAIR && what !== 'tunnel');
  const found = [...explainFirst(request, measured, catalogue), ...matching(changes), ...matching(pairs(fit))];
  return found.sort((a, b) => b.usual - a.usual).slice(0, MOST);
}

function pairs(changes: readonly Change[]): Change[] {
  return changes.flatMap((a, i) =>
    changes.slice(i + 1).flatMap((b): Change[] =>
      a.what === b.what
        ? []
        : [
            {
              what: `${a.what}+${b.what}`,
              says: `${a.says}, and ${b.says}`,
              options: `${a.options} ${b.options}`,
              change: { ...a.change, ...b.change },
              usual: a.usual + b.usual - PAIR,
              test: `${a.test}; ${b.test}`,
            },
          ],
    ),
  );
}

function changesOf(request: CalcRequest, catalogue: Catalogue): Change[] {
  const free = request.stack !== undefined;
  const ipsec = !free && hasIpsec(request, catalogue);
  return [
    ...(ipsec ? natT(request) : []),
    ...wans(catalogue),
    ...(free || (request.tunnel === undefined && request.cipher === undefined) ? [] : outers(request)),
    ...(ipsec ? suites(catalogue) : []),
    ...(free ? [] : tunnels(request, ipsec, catalogue)),
    ...under(request, catalogue),
  ];
}

function hasIpsec(request: CalcRequest, catalogue: Catalogue): boolean {
  if (request.tunnel === undefined) return request.cipher !== undefined;
  return isIpsec(findTunnel(request.tunnel, catalogue));
}

function natT({ natT: said }: CalcRequest): Change[] {
  const test = "on the gateway's WAN: tcpdump -ni WAN 'udp port 4500 or esp' shows which of the two carries the tunnel";
  const change = (on: boolean): Change => ({
    what: 'nat-t',
    says: on ? 'NAT-T is in use (UDP header, 8 octets)' : 'NAT-T is not in use (no UDP header, 8 octets)',
    options: on ? '--nat-t' : '--no-nat-t',
    change: { natT: on },
    usual: 10,
    test,
  });
  // What was left open is computed with NAT-T already.
  return [...(said === false ? [change(true)] : []), ...(said === false ? [] : [change(false)])];
}

/** One change for each link MTU: the most usual link stands for the others. */
function wans(catalogue: Catalogue): Change[] {
  const seen = new Set<number>();
  return [...catalogue.wan]
    .sort((a, b) => b.usual - a.usual)
    .flatMap(({ id, name, linkMtu, usual }): Change[] => {
      if (seen.has(linkMtu)) return [];
      seen.add(linkMtu);
      return [
        {
          what: 'link',
          says: `the link is ${name}, link MTU ${linkMtu}`,
          options: `--wan ${id}`,
          change: { wan: id, linkMtu: undefined },
          usual: usual + 1,
          test: `mtucalc probe from the gateway to the other gateway's public address: path MTU ${linkMtu} would confirm it`,
        },
      ];
    });
}

function outers({ outer = 4 }: CalcRequest): Change[] {
  const other = outer === 4 ? 6 : 4;
  return [
    {
      what: 'outer',
      says: `IPv${other} outside (header ${IP_HEADER[other]} octets instead of ${IP_HEADER[other === 6 ? 4 : 6]})`,
      options: `--outer ${other}`,
      change: { outer: other },
      usual: 6,
      test: `the gateways' addresses: ip xfrm state, swanctl --list-sas, wg show; or tcpdump -ni WAN ${other === 6 ? 'ip6' : 'ip'}`,
    },
  ];
}

/** Other suites, one for each set of lengths: block, IV and ICV; a padding step shows here. */
function suites(catalogue: Catalogue): Change[] {
  const seen = new Set<string>();
  return suitePairs(catalogue).flatMap(({ encr, integ, name, icv, usual }): Change[] => {
    const lengths = `${encr.block}/${encr.iv}/${icv}`;
    if (seen.has(lengths)) return [];
    seen.add(lengths);
    const cipher = integ ? `${encr.id}-${integ.id}` : encr.id;
    return [
      {
        what: 'suite',
        says: `the suite in use has the lengths of ${name}`,
        options: `--cipher ${cipher}`,
        change: { cipher, auth: undefined },
        usual: usual / 2,
        test: 'the algorithms negotiated: ip xfrm state, swanctl --list-sas, show crypto ipsec sa',
      },
    ];
  });
}

function tunnels(request: CalcRequest, ipsec: boolean, catalogue: Catalogue): Change[] {
  return catalogue.tunnels
    .filter((row) => row.stack !== '' && row.id !== (request.tunnel ?? 'ipsec') && isIpsec(row) === ipsec)
    .map((row) => ({
      what: 'tunnel',
      says: `the tunnel is ${row.name}`,
      options: `--tunnel ${row.id}`,
      change: { tunnel: row.id, mode: undefined },
      usual: row.usual / (request.tunnel === undefined && request.cipher === undefined ? 2 : 6),
      test: 'ip -d link and ip xfrm policy on the gateway show which headers stand inside',
    }));
}

/** A further encapsulation on the way, which only shows as a smaller link. */
function under(request: CalcRequest, catalogue: Catalogue): Change[] {
  const linkMtu = ifPossible(request, catalogue)?.linkMtu ?? null;
  if (linkMtu === null) return [];
  const layers = [
    [4, 'a VLAN tag or an MPLS label inside the link', 3],
    [8, 'PPPoE or a UDP header on the way', 4],
    [20, 'a further IPv4 header on the way (IPIP)', 3],
    [24, 'GRE on the way', 3],
    [28, 'GRE with a key on the way', 1],
    [40, 'a further IPv6 header on the way (DS-Lite, 464XLAT)', 3],
    [50, 'VXLAN over IPv4 on the way', 2],
  ] as const;
  return layers.map(([octets, says, usual]) => ({
    what: 'link',
    says: `${says}, ${octets} octets`,
    options: `--link-mtu ${linkMtu - octets}`,
    change: { linkMtu: linkMtu - octets },
    usual,
    test: `mtucalc probe from the gateway to the other gateway's public address: path MTU ${linkMtu - octets} would confirm it`,
  }));
}
