import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MtucalcError } from '../../src/error.js';
import { findTarget } from '../../src/snippet/choose.js';
import type { PlanChoices } from '../../src/snippet/plan.js';
import { targets } from '../../src/snippet/targets/index.js';
import { esp, plan, render } from './cases.js';

describe('no option is swallowed', () => {
  const options: readonly (readonly [PlanChoices, string])[] = [
    [{ flowtable: true, wanIf: 'eth0', lanIf: 'eth1' }, 'flowtable'],
    [{ fasttrack: 'mark' }, 'fasttrack'],
    [
      { clearDf: true, remoteNets: ['10.2.0.0/24'], lanIf: 'eth1', conn: 'site' },
      'clear-df|clear DF|ip df|df-bit|no-df|Do-Not-Fragment|honor-df',
    ],
    [{ copyDf: false, conn: 'site' }, 'copy-df|copy_df|df-bit'],
    [{ policyIds: [1, 2] }, 'policy-id|edit 1'],
    [{ tunnelIf: 'eth7' }, 'tunnel-if|eth7'],
    [{ localNets: ['10.1.0.0/24'], remoteNets: ['10.2.0.0/24'] }, 'local-net|10\\.1\\.0\\.0'],
  ];
  test.for(targets.flatMap(({ id }) => options.map(([choices, spoken]) => ({ id, choices, spoken }))))(
    '$id $choices',
    ({ id, choices, spoken }) => {
      let text: string;
      try {
        text = render(id, plan({ ...esp, inner: 4 }, choices));
      } catch (error) {
        // Refused, in a sentence of its own.
        expect(error).toBeInstanceOf(MtucalcError);
        return;
      }
      if (!text.includes('nothing to do')) expect(text).toMatch(new RegExp(spoken, 'i'));
    },
  );
});

describe('the words people type', () => {
  test.for([
    ['mikrotik', 'routeros'],
    ['MikroTik', 'routeros'],
    ['ios', 'cisco'],
    ['IOS-XE', 'cisco'],
    ['fortigate', 'fortios'],
    ['juniper', 'junos'],
    ['nft', 'nftables'],
    ['wg-quick', 'wireguard'],
    ['openbsd', 'pf'],
  ])('%s is %s', ([word, id]) => {
    expect(findTarget(word as string)?.id).toBe(id);
  });

  test('no word stands for two targets', () => {
    const words = targets.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
    expect(words.filter((word) => !/^[a-z0-9][a-z0-9.-]*$/.test(word))).toEqual([]);
  });

  test.for([
    ['mikrotk', /routeros \(mikrotik\)/],
    ['fortinett', /fortios \(fortinet\)/],
    ['junper', /junos \(juniper\)/],
    ['quite-unknown-box', /^known: routeros, /],
  ] as const)('%s: the nearest, with the word that is near', ([word, hint]) => {
    try {
      render(word, plan(esp));
    } catch (error) {
      expect((error as MtucalcError).hint).toMatch(hint);
      return;
    }
    expect.unreachable();
  });
});

describe('transport mode', () => {
  const of = plan({ ...esp, mode: 'transport', inner: 4 });
  test.for(targets.filter(({ hosts }) => !hosts).map(({ id }) => id))('%s: nothing to clamp, refused', (id) => {
    expect(() => render(id, of)).toThrow(/transport mode protects the packets of the two hosts/);
    expect(() => render(id, of, true)).toThrow(MtucalcError);
  });
  test.for(targets.filter(({ hosts }) => hosts).map(({ id }) => id))('%s: what helps on the hosts', (id) => {
    const text = render(id, of);
    expect(text).toMatch(/transport mode/);
    expect(text).not.toMatch(/^\s*copy_df/m);
  });
});

describe('tunnels that carry Ethernet', () => {
  test.for(['nftables', 'iptables', 'openwrt', 'linux', 'routeros', 'vyos', 'cisco', 'pf', 'pfsense', 'opnsense'])(
    '%s says that bridged packets pass no forward rule',
    (id) => {
      expect(render(id, plan({ tunnel: 'vxlan', inner: 4 }))).toMatch(
        /VXLAN carries Ethernet and is usually the port of a\s+(?:[#!]\s+)?bridge/,
      );
      expect(render(id, plan({ tunnel: 'gre', inner: 4 }))).not.toMatch(/carries Ethernet/);
    },
  );
});

describe('how a box does IPsec where nobody said', () => {
  test.for<[string, PlanChoices, RegExp, RegExp]>([
    ['cisco', {}, /^interface Tunnel0$/m, /route-based IPsec assumed/],
    ['cisco', { lanIf: 'GigabitEthernet0/1' }, /^interface GigabitEthernet0\/1$/m, /policy-based IPsec assumed/],
    ['fortios', {}, /edit "vpn"/, /route-based IPsec assumed/],
    ['fortios', { policyIds: [1, 2] }, /edit 1/, /policy-based IPsec assumed/],
    ['vyos', {}, /vti vti0 ip adjust-mss/, /route-based IPsec assumed/],
    ['junos', {}, /st0 unit 0 family inet mtu/, /route-based IPsec assumed/],
    ['nftables', {}, /rt ipsec exists/, /policy-based IPsec assumed/],
    ['nftables', { tunnelIf: 'ipsec0' }, /oifname "ipsec0"/, /route-based IPsec assumed/],
    ['routeros', { tunnelIf: 'x' }, /ipsec-policy=out,ipsec/, /--tunnel-if has no effect/],
  ])('%s %o', ([id, choices, config, note]) => {
    const text = render(id, plan({ ...esp, inner: 4 }, choices));
    expect(text).toMatch(config);
    expect(text.replace(/\n[#!] +/g, ' ')).toMatch(note);
  });
});

test('the page names every target', () => {
  const page = readFileSync(new URL('../../docs/snippet.md', import.meta.url), 'utf8');
  expect(targets.map(({ id }) => id).filter((id) => !page.includes(`\`${id}`))).toEqual([]);
});
