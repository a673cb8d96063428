import { beforeAll, describe, expect, test } from 'vitest';
import { importDevice } from '../../../src/device/import.js';
import { catalogue } from '../../../src/index.js';
import { type LabResults, runLab, stepOf } from '../lab.js';
import type { Scenario, Tunnel } from '../scenario.js';
import { everySuite } from '../suites.js';
import { calcCase, coveringSuites, cross, full } from './calc-cases.js';
import { charonScenario, listings } from './import-charon.js';

/** What an operator copies from the gateway: its SAs, its interfaces and its routes. */
const copied = 'ip -s xfrm state; ip -d addr; ip route; ip -6 route';

const suites = full
  ? everySuite
  : [...coveringSuites, 'aes256-cbc/sha256-96', 'aes128-ccm16', 'camellia256-cbc/md5-96'];

type Choice = Required<Pick<Scenario, 'wan' | 'suite' | 'natT' | 'outer' | 'tunnel'>>;

/** NAT-T and IPv6 outside change places with each suite: every suite once, every combination several times. */
const policies = cross<Choice>({
  wan: ['ethernet'],
  suite: suites,
  natT: [false, true],
  outer: [4, 6],
  tunnel: ['esp'],
}).filter(({ suite, natT, outer }) => full || suites.indexOf(suite) % 4 === (natT ? 1 : 0) + (outer === 6 ? 2 : 0));

const others: Choice[] = [
  ...cross<Choice>({
    wan: ['pppoe'],
    suite: ['aes256-cbc/sha256-128'],
    natT: [false, true],
    outer: [4, 6],
    tunnel: ['esp'],
  }),
  ...cross<Choice>({ wan: ['vlan'], suite: ['aes256-gcm16'], natT: [true], outer: [4], tunnel: ['esp'] }),
  ...cross<Choice>({
    wan: ['ethernet'],
    suite: ['aes256-cbc/sha256-128'],
    natT: [true],
    outer: [4],
    tunnel: ['gre/esp', 'gre-key/esp', 'vti'] satisfies readonly Tunnel[],
  }),
];

const cases = [...policies, ...others].map((choice) => {
  const { scenario, expected } = calcCase(choice);
  const { run, ...ground } = scenario;
  const measure = run[0] ?? { do: 'measure', size: expected };
  return { ...ground, run: [{ do: 'run', at: 'gw1', command: copied, mustWork: true }, measure] } as const;
});

const imported = (text: string, from: string) => importDevice(text, catalogue, { from, overrides: {} }).value;

describe('ip -s xfrm state, imported, gives the MTU that the kernel then reports', () => {
  let results: LabResults;
  beforeAll(async () => {
    results = await runLab(cases);
  });
  for (const one of cases) {
    test(one.id, () => {
      const { stdout } = stepOf(results, one, 0) as { stdout: string };
      const { largest, reported } = stepOf(results, one, 1) as { largest: number; reported: number | null };
      const value = imported(stdout, one.id);
      expect({ tunnelMtu: value.tunnelMtu, formats: value.formats }).toEqual({
        tunnelMtu: largest,
        formats: ['xfrm-state', 'ip-link', 'ip-route'],
      });
      expect(reported).toBe(largest);
      // The kernel's own key, which the lab chose, is nowhere in the answer.
      expect(JSON.stringify(value)).not.toContain('abababab');
    });
  }
});

/** Their tunnel devices have the MTU that fits, as they should. */
const devices = cross<Pick<Choice, 'tunnel' | 'outer' | 'natT'>>({
  tunnel: ['wireguard', 'xfrm'],
  outer: [4, 6],
  natT: [false],
}).map(({ tunnel, outer }) => {
  const { scenario, expected } = calcCase({ tunnel, outer, suite: 'aes256-cbc/sha256-128' });
  const { run, ...ground } = scenario;
  const measure = run[0] ?? { do: 'measure', size: expected };
  const command = `if command -v wg; then wg show; fi; ${copied}`;
  return { ...ground, tunnelMtu: expected, run: [{ do: 'run', at: 'gw1', command, mustWork: true }, measure] } as const;
});

describe('wg show and route-based IPsec, imported, give what passes and agree with the device', () => {
  let results: LabResults;
  beforeAll(async () => {
    results = await runLab(devices, { requires: [{ file: '/usr/bin/wg', package: 'wireguard-tools' }] });
  });
  for (const one of devices) {
    test(one.id, () => {
      const { stdout } = stepOf(results, one, 0) as { stdout: string };
      const { largest } = stepOf(results, one, 1) as { largest: number };
      const value = imported(stdout, one.id);
      expect(value.tunnelMtu).toBe(largest);
      expect(value.findings.map(({ code }) => code)).toEqual(['interface-mtu-agrees']);
    });
  }
});

const charons = [
  charonScenario('aes256gcm16', true),
  charonScenario('aes128-sha512', true),
  charonScenario('aes128-sha256_96', false),
  ...(full
    ? [
        charonScenario('aes256-sha256', false),
        charonScenario('chacha20poly1305', false),
        charonScenario('aes192ctr-sha384', true),
        charonScenario('aes256ccm8', false),
      ]
    : []),
];

describe('charon in both gateways: every listing of it gives the MTU that the kernel then reports', () => {
  let results: LabResults;
  beforeAll(async () => {
    results = await runLab(charons, {
      requires: [
        { file: '/usr/sbin/swanctl', package: 'strongswan-swanctl' },
        { file: '/usr/lib/ipsec/charon', package: 'strongswan-charon' },
        { file: '/usr/lib/ipsec/plugins/libstrongswan-chapoly.so', package: 'libstrongswan-extra-plugins' },
      ],
    });
  });
  for (const one of charons) {
    for (const listing of listings) {
      test(`${one.id}: ${listing.title}`, () => {
        const { stdout } = stepOf(results, one, one.run.length - listings.length - 1 + listings.indexOf(listing)) as {
          stdout: string;
        };
        const { largest, reported } = stepOf(results, one, one.run.length - 1) as {
          largest: number;
          reported: number | null;
        };
        const value = imported(stdout, one.id);
        expect({ tunnelMtu: value.tunnelMtu, formats: value.formats[0] }).toEqual({
          tunnelMtu: largest,
          formats: listing.format,
        });
        expect(reported).toBe(largest);
      });
    }
  }
});
