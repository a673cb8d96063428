import { describe, expect, test } from 'vitest';
import { routerosTunnels } from '../../src/device/formats/routeros-tunnels.js';
import type { CalcRequest } from '../../src/mtu/calculation.js';
import type { PlanChoices } from '../../src/snippet/plan.js';
import { routerosMenus } from '../../src/snippet/targets/routeros-interface.js';
import { esp, plan, render } from './cases.js';
import { parseRouteros } from './routeros-grammar.js';

const nets: PlanChoices = {
  localNets: ['10.1.0.0/24', '2001:db8:1::/64'],
  remoteNets: ['10.2.0.0/24', '10.3.0.0/24', '2001:db8:2::/64'],
};

describe('every command is of the grammar', () => {
  const choices: PlanChoices[] = [];
  for (const fasttrack of ['defconf', 'mark', 'exclude', 'raw'] as const) {
    for (const clearDf of [false, true])
      for (const lanIf of [undefined, 'bridge "LAN"\\']) choices.push({ ...nets, fasttrack, clearDf, lanIf });
  }
  const words = ['routeros', 'routeros@6'];
  test.for(words.flatMap((word) => choices.map((choice) => ({ word, choice }))))(
    '$word $choice',
    ({ word, choice }) => {
      for (const request of [esp, { ...esp, inner: 4 as const }, { ...esp, inner: 6 as const }]) {
        const of =
          request === esp || !choice.clearDf || (request as { inner?: number }).inner === 4
            ? plan(request, choice)
            : undefined;
        if (!of) continue;
        const commands = parseRouteros(render(word, of));
        const clamps = commands.filter(({ properties }) => properties.get('action') === 'change-mss');
        for (const menu of of.families.map((family) =>
          family === 4 ? '/ip firewall mangle' : '/ipv6 firewall mangle',
        )) {
          const mss = menu.startsWith('/ipv6') ? of.mss.ipv6 : of.mss.ipv4;
          const here = clamps.filter((command) => command.menu === menu);
          expect(here.map(({ properties }) => properties.get('ipsec-policy'))).toEqual(['out,ipsec', 'in,ipsec']);
          expect(here.map(({ properties }) => [properties.get('new-mss'), properties.get('tcp-mss')])).toEqual(
            Array(2).fill([`${mss}`, `${mss + 1}-65535`]),
          );
        }
        for (const all of [true, 'all'] as const)
          expect(parseRouteros(render(word, of, all)).every(({ verb }) => verb !== 'add')).toBe(true);
      }
    },
  );
});

/** Each tunnel with an interface: its menu, the name it has by default, what holds its MTU and the factory's value. */
const interfaces: readonly (readonly [CalcRequest, string, string, string, string])[] = [
  [{ tunnel: 'wireguard', wan: 'pppoe', outer: 6 }, '/interface wireguard', 'wireguard1', 'mtu=1412', 'mtu=1420'],
  [{ tunnel: 'gre', wan: 'pppoe' }, '/interface gre', 'gre-tunnel1', 'mtu=1468', 'mtu=auto'],
  [{ tunnel: 'gre', outer: 6 }, '/interface gre6', 'gre6-tunnel1', 'mtu=1456', 'mtu=auto'],
  [{ ...esp, tunnel: 'gre-ipsec' }, '/interface gre', 'gre-tunnel1', 'mtu=1434', 'mtu=auto'],
  [{ tunnel: 'ipip' }, '/interface ipip', 'ipip-tunnel1', 'mtu=1480', 'mtu=auto'],
  [{ tunnel: 'ip6tnl' }, '/interface ipipv6', 'ipipv6-tunnel1', 'mtu=1460', 'mtu=auto'],
  [{ tunnel: 'eoip' }, '/interface eoip', 'eoip-tunnel1', 'mtu=1458', 'mtu=auto'],
  [{ tunnel: 'eoipv6' }, '/interface eoipv6', 'eoipv6-tunnel1', 'mtu=1444', 'mtu=auto'],
  [{ tunnel: 'vxlan', wan: 'pppoe' }, '/interface vxlan', 'vxlan1', 'mtu=1442', 'mtu=1500'],
  [
    { ...esp, cipher: 'aes256-sha1', natT: true, wan: 'pppoe', tunnel: 'l2tp-ipsec' },
    '/interface l2tp-client',
    'l2tp-out1',
    'max-mtu=1404 max-mru=1404',
    'max-mtu=1450',
  ],
  [{ tunnel: 'pptp' }, '/interface pptp-client', 'pptp-out1', 'max-mtu=1460 max-mru=1460', 'max-mtu=1450'],
  [{ tunnel: 'openvpn' }, '/interface ovpn-client', 'ovpn-out1', 'max-mtu=1448', 'max-mtu=1500'],
];

describe('the MTU of the interface', () => {
  test.for(interfaces)('%o: %s %s %s', ([request, menu, name, value, factory]) => {
    const of = plan(request);
    const text = render('routeros', of);
    const commands = parseRouteros(text);
    expect(text).toContain(`\n${menu} set [find where name="${name}"] ${value}\n`);
    expect(commands.filter(({ menu: where }) => where === menu).map(({ verb }) => verb)).toEqual(['set']);
    expect(
      commands.flatMap(({ properties }) => properties.get('out-interface') ?? properties.get('in-interface') ?? []),
    ).toEqual(Array(4).fill(`"${name}"`));
    const undo = render('routeros', of, true);
    parseRouteros(undo);
    // Only where it is still ours: what the user set since stays.
    expect(undo).toContain(`${menu} set [find where name="${name}" and ${value.split(' ')[0]}] ${factory}\n`);
  });

  test('of a server the users’ interfaces stand for it, their MTU is shown and not set', () => {
    const text = render('routeros', plan({ ...esp, tunnel: 'l2tp-ipsec' }, { tunnelIf: 'all-ppp' }));
    expect(text).toMatch(/^# {5}\/interface l2tp-server server set max-mtu=\d+ max-mru=\d+$/m);
    expect(parseRouteros(text).filter(({ menu }) => menu.startsWith('/interface'))).toEqual([]);
  });

  test.for(['gretap', 'geneve', 'nvgre'])('RouterOS has no %s', (tunnel) => {
    expect(() => render('routeros', plan({ tunnel }))).toThrow(/^RouterOS has no .* tunnel$/);
  });
});

test('snippet and import know the same defaults', () => {
  const menus = Object.values(routerosMenus).filter(({ properties }) => properties.length > 0);
  expect(menus.length).toBeGreaterThan(9);
  for (const { menu, properties, factory } of menus) {
    const imported = routerosTunnels[menu.slice(1)];
    expect([menu, imported?.property, imported?.factory]).toEqual([
      menu,
      properties[0],
      factory === 'auto' ? null : factory,
    ]);
  }
});

describe('what is there already', () => {
  test('clamps and marks stand above every rule of their chain, accepts above fasttrack alone', () => {
    const lines = render('routeros', plan(esp, { fasttrack: 'mark', inner: 4, ...nets, clearDf: true })).split('\n');
    for (const action of ['change-mss', 'mark-connection', 'clear-df']) {
      const of = lines.filter((line) => line.includes(`action=${action}`));
      expect(of.length).toBeGreaterThan(0);
      expect(of.filter((line) => !/^:if .* place-before=.* else=/.test(line))).toEqual([]);
    }
    const accepts = render('routeros', plan(esp)).split('\n');
    expect(
      accepts.filter((line) => line.includes('action=accept chain=forward') && / else=/.test(line)),
      'an accept without a fasttrack rule would only let traffic past the filter',
    ).toEqual([]);
  });

  test('a fasttrack rule with a connection-mark of its own keeps it', () => {
    const text = render('routeros', plan(esp, { fasttrack: 'mark', inner: 4 }));
    expect(text).not.toMatch(/filter set \[find[^\]]*fasttrack-connection/);
    expect(text).toMatch(/get \$r connection-mark\]\] = 0\) do=\{ \/ip firewall filter set \$r connection-mark=!/);
  });

  test('exclude: the matchers of the user’s stay, ours go with the last network in the list', () => {
    const of = plan(esp, { fasttrack: 'exclude', inner: 4, ...nets });
    const text = render('routeros', of);
    expect(text.match(/list=mtucalc-ipsec$/gm)?.length).toBe(2);
    expect(text).toMatch(
      /get \$r dst-address-list\]\] = 0\) do=\{ \/ip firewall filter set \$r dst-address-list=!mtucalc-ipsec/,
    );
    expect(render('routeros', of, true)).toMatch(
      /address-list find where list="mtucalc-ipsec"\]\] = 0\) do=\{ \/ip firewall filter set \[find where src-address-list="!mtucalc-ipsec"\] !src-address-list/,
    );
    expect(() => render('routeros', plan(esp, { fasttrack: 'exclude' }))).toThrow(/matches by address/);
  });

  test('the matcher goes when no tunnel marks any more, and only ours', () => {
    const undo = render('routeros', plan(esp, { fasttrack: 'mark', inner: 4 }), true);
    expect(undo).toMatch(
      /mangle find where new-connection-mark="mtucalc-ipsec"\]\] = 0\) do=\{ .*connection-mark="!mtucalc-ipsec"\] !connection-mark/,
    );
    expect(undo.indexOf('mangle remove')).toBeLessThan(undo.indexOf('new-connection-mark'));
  });
});

describe('the grammar refuses', () => {
  test.for([
    ['unknown menu', '/ip firewall mangel\nadd action=accept'],
    ['unknown property', '/ip firewall mangle\nadd action=change-mss chain=forward new-msss=1'],
    ['value out of form', '/ip firewall mangle\nadd action=change-mss chain=forward new-mss=65536'],
    ['a second command', '/ip firewall mangle\nadd action=clear-df chain=prerouting; /system reboot'],
    ['a substitution', '/ip firewall mangle\nadd action=clear-df chain=prerouting comment="$x"'],
    ['an action of another menu', '/ip firewall filter\nadd action=change-mss chain=forward'],
    [
      'change-mss without protocol',
      '/ip firewall mangle\nadd action=change-mss chain=forward new-mss=1400 tcp-flags=syn tcp-mss=1401-65535',
    ],
    ['another verb', '/system reboot'],
    ['a property of another interface', '/interface wireguard set [find where name="a"] max-mtu=1400'],
    ['a property that is not for all', '/interface gre6 set [find where name="a"] dont-fragment=no'],
    [
      'two rules in one',
      ':if ([:len [/ip firewall nat find where chain="srcnat"]] > 0) do={ /ip firewall nat add action=accept chain=srcnat ipsec-policy=out,ipsec place-before=[:pick [/ip firewall nat find where chain="srcnat"] 0] } else={ /ip firewall nat add action=accept chain=srcnat ipsec-policy=in,ipsec }',
    ],
  ] as const)('%s', ([, text]) => {
    expect(() => parseRouteros(text)).toThrow(/^line /);
  });
});
