import { expect, test } from 'vitest';
import { MtucalcError } from '../../src/error.js';
import { catalogue } from '../../src/io/catalogue.js';
import { formats } from '../../src/lint/formats.js';
import { lint } from '../../src/lint/lint.js';
import { calculate } from '../../src/mtu/calculate.js';
import type { CalcRequest } from '../../src/mtu/calculation.js';
import { emit } from '../../src/snippet/emit.js';
import { type PlanChoices, planOf } from '../../src/snippet/plan.js';

/** What snippet writes, lint reads, and finds nothing wrong in: over a covering set of tunnels, links and targets. */
const suites: readonly CalcRequest[] = [{ cipher: 'aes256-sha256' }, { cipher: 'aes128gcm16', natT: true }];
const wans: readonly CalcRequest[] = [{ wan: 'ethernet' }, { wan: 'pppoe', outer: 6 }];
const inners: readonly CalcRequest[] = [{}, { inner: 4 }, { inner: 6 }];
const nets = { localNets: ['10.1.0.0/24', 'fd01::/64'], remoteNets: ['10.2.0.0/24', 'fd02::/64'] };
const tunnels: readonly [CalcRequest, PlanChoices][] = [
  [{}, { ipsec: 'policy' }],
  [{}, { ipsec: 'policy', ...nets }],
  [{}, { ipsec: 'xfrm', tunnelIf: 'ipsec0' }],
  [{}, { ipsec: 'vti', tunnelIf: 'vti0' }],
  [{ tunnel: 'gre-ipsec' }, { tunnelIf: 'gre1' }],
  [{ tunnel: 'l2tp-ipsec' }, { tunnelIf: 'ppp0' }],
  [{ tunnel: 'wireguard' }, { tunnelIf: 'wg0' }],
  [{ tunnel: 'gre' }, { tunnelIf: 'gre1' }],
];
/** Targets whose language lint reads, and its name there. */
const targets = {
  routeros: 'routeros',
  'routeros@6': 'routeros',
  iptables: 'iptables',
  ip6tables: 'iptables',
  nftables: 'nftables',
  openwrt: 'nftables',
  strongswan: 'swanctl',
  charon: 'strongswan',
  vyos: 'vyos',
  cisco: 'cisco',
  junos: 'junos',
  fortios: 'fortios',
  pf: 'pf',
  wireguard: 'wireguard',
} as const;

/** True, and no fault of what was written. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  // One number for the whole box.
  junos: ['mss-below-budget'],
  strongswan: ['copy-df-no'],
};

test.for(Object.entries(targets))('%s', ([target, language]) => {
  expect(formats.map(({ id }) => id)).toContain(language);
  const wrong: string[] = [];
  let read = 0;
  for (const suite of suites)
    for (const wan of wans)
      for (const inner of inners)
        for (const [tunnel, choices] of tunnels) {
          const request = {
            ...(/^(?:gre|wireguard)$/.test(tunnel.tunnel ?? '') ? {} : suite),
            ...wan,
            ...inner,
            ...tunnel,
          };
          try {
            const calculation = calculate(request, catalogue);
            const plan = planOf(calculation, { ...choices, inner: request.inner, natT: request.natT });
            const text = emit([target], plan, false).snippets[0]?.text ?? '';
            if (!/^(?!\s*[#!]).*\S/m.test(text)) continue;
            read++;
            const profile = {
              ...calculation,
              layers: calculation.described.layers,
              style: plan.style,
              tunnelIf: plan.tunnelIf,
              inner: request.inner,
              natT: request.natT,
            };
            const { findings, read: lines } = lint(text, profile, { format: language });
            const said = findings.filter(
              ({ code, severity }) => severity !== 'info' && !(allowed[target] ?? []).includes(code),
            );
            if (said.length > 0 || lines.understood < lines.lines)
              wrong.push(
                `${JSON.stringify({ ...request, ...choices })}: ${lines.understood}/${lines.lines} ${said.map(({ code, line, says }) => `${code} ${line} ${says}`).join('; ')}`,
              );
          } catch (error) {
            if (!(error instanceof MtucalcError)) throw error;
          }
        }
  expect(wrong.slice(0, 6)).toEqual([]);
  expect(read).toBeGreaterThan(0);
});
