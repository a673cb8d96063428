import { anyEnds, anyPolicy } from '../bulk.js';
import { languageOfRules, place } from '../facts.js';
import { looksLikeLan, looksLikeTunnel, namedInterfaces } from '../interface-names.js';
import type { Judged } from '../judged.js';
import type { Packet, Port } from '../packet.js';
import { packetOn, routesOf } from '../route.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';
import type { View } from '../views.js';

const TOO_BIG = {
  4: { protocol: 'icmp', icmp: { type: 3, code: 4 }, name: 'ICMP 3/4' },
  6: { protocol: 'icmpv6', icmp: { type: 2, code: 0 }, name: 'ICMPv6 2' },
} as const;

/** The views of the file, or two sides by the names of its interfaces. */
function views({ groups, facts, wan }: Judged): View[] {
  const found = [...new Set(groups.map(({ view }) => view))];
  if (found.length > 0) return found;
  const named = namedInterfaces(facts.ruleset);
  const isFar = (name: string): boolean => looksLikeTunnel(name) || wan.includes(name);
  const lan: Port[] = [
    { role: 'lan' },
    ...named
      .filter((name) => !isFar(name))
      .slice(0, 5)
      .map((name): Port => ({ name, role: 'lan' })),
  ];
  const far: Port[] = [
    { role: 'wan' },
    ...named
      .filter((name) => !looksLikeLan(name))
      .slice(0, 5)
      .map((name): Port => ({ name, role: 'wan' })),
  ];
  return [{ ...anyPolicy(lan, far), by: 'anything', ipsecIn: false }];
}

/** The PTB comes from a router on the way, for a connection that the rules let pass. */
export const ptbFiltered: LintRule = {
  code: 'ptb-filtered',
  summary: 'a rule drops ICMP 3/4 or ICMPv6 type 2',
  check(judged) {
    const { facts, bulk: walker, profile } = judged;
    if (!facts.hasFirewall) return [];
    const found = new Map<string, LintFinding>();
    for (const view of views(judged))
      for (const family of facts.families) {
        if (profile.inner !== undefined && profile.inner !== family) continue;
        const { protocol, icmp, name } = TOO_BIG[family];
        for (const route of routesOf(facts, view, family)) {
          if (route.ends.from === 'rule' || (route.lan.name === route.far.name && route.lan.name !== undefined))
            continue;
          // Data goes one way, its PTB comes back the other.
          for (const way of ['in', 'out'] as const) {
            const data = packetOn(view, route, way === 'in' ? 'out' : 'in');
            const first: Packet = { ...data, flags: 2, state: 'new', reply: false, size: 60 };
            const answer = packetOn(view, route, way, { reply: true });
            const flows = [data, first, answer].every((packet) =>
              walker.forward(packet).some(({ verdict, unsure }) => verdict === 'passes' && !unsure),
            );
            if (!flows) continue;
            const sender = { ...anyEnds(family), lan: route.ends.lan };
            const ptb = packetOn(
              view,
              {
                ...route,
                ends: way === 'in' ? { ...sender, lan: route.ends.lan } : { ...route.ends, lan: anyEnds(family).lan },
              },
              way,
              { protocol, icmp, flags: 0, size: 576, state: 'related', reply: true },
            );
            const passages = walker.forward(ptb);
            if (passages.some(({ verdict }) => verdict === 'passes') || passages.some(({ unsure }) => unsure)) continue;
            const by = passages[0]?.droppedBy;
            if (!by) continue;
            const key = `${by.line} ${family}`;
            if (found.has(key)) continue;
            const at = by.rule ? placeOf(by.rule) : place(by.line, `policy drop`);
            found.set(
              key,
              findingAt(
                at,
                'ptb-filtered',
                'warning',
                `${name} (packet too big) of forwarded connections is dropped ${by.rule ? 'here' : 'by the policy of the chain'}: a host that sends too large a packet is never told`,
                fixFor(languageOfRules(facts), family, by.line),
              ),
            );
          }
        }
      }
    return [...found.values()];
  },
};

function fixFor(format: string, family: 4 | 6, line: number): string {
  const above = `above line ${line}: `;
  if (format === 'routeros')
    return `${above}add chain=forward action=accept protocol=${family === 4 ? 'icmp icmp-options=3:4' : 'icmpv6 icmp-options=2:0-255'}`;
  if (format === 'nftables')
    return `${above}${family === 4 ? 'icmp type destination-unreachable accept' : 'icmpv6 type packet-too-big accept'}`;
  return `${above}${family === 4 ? '-A FORWARD -p icmp --icmp-type fragmentation-needed -j ACCEPT' : '-A FORWARD -p ipv6-icmp --icmpv6-type packet-too-big -j ACCEPT'}`;
}
