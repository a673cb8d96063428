import { catalogue } from '../../src/io/catalogue.js';
import { calculate } from '../../src/mtu/calculate.js';
import type { CalcRequest } from '../../src/mtu/calculation.js';
import { emit, type Undo } from '../../src/snippet/emit.js';
import { type ClampPlan, type PlanChoices, planOf } from '../../src/snippet/plan.js';

export const esp = { cipher: 'aes256-sha256', wan: 'ethernet', natT: false, outer: 4 } as const satisfies CalcRequest;

/** The words of the calculation are not the snippets' business: fixed, so the goldens hold what the targets write. */
export const plan = (request: CalcRequest, choices: PlanChoices = {}): ClampPlan => ({
  ...planOf(calculate(request, catalogue), { natT: request.natT, inner: request.inner, ...choices }),
  described: 'suite, tunnel and WAN in words',
  notes: ['an assumption of the calculation'],
});

/** The text of one target; throws what the target throws. */
export const render = (word: string, of: ClampPlan, undo: Undo | boolean = false): string =>
  emit([word], of, undo).snippets[0]?.text ?? '';

const nets = { localNets: ['10.1.0.0/24', '2001:db8:1::/64'], remoteNets: ['10.2.0.0/24', '2001:db8:2::/64'] };
const many = { localNets: ['10.1.0.0/24', '10.1.8.0/21'], remoteNets: ['10.2.0.0/24', '172.16.0.0/12'] };
const every: PlanChoices = {
  ...nets,
  clearDf: true,
  copyDf: false,
  conn: 'site',
  child: 'net',
  lanIf: 'lan0',
  wanIf: 'wan0',
};

/** Golden cases: target words, what is inside, name. */
export const cases: readonly {
  readonly name: string;
  readonly targets: readonly string[];
  readonly plan: () => ClampPlan;
}[] = [
  {
    name: 'policy',
    targets: [
      'routeros',
      'routeros@6',
      'iptables',
      'ip6tables',
      'nftables',
      'strongswan',
      'charon',
      'linux',
      'openwrt',
      'junos',
      'pf',
      'pf@freebsd',
      'pfsense',
      'opnsense',
    ],
    plan: () => plan(esp),
  },
  {
    name: 'policy-pppoe-networks',
    targets: [
      'routeros',
      'iptables',
      'ip6tables',
      'nftables',
      'strongswan',
      'linux',
      'openwrt',
      'pf',
      'pf@freebsd',
      'opnsense',
    ],
    plan: () => plan({ ...esp, wan: 'pppoe', natT: true }, nets),
  },
  { name: 'policy-many-networks', targets: ['routeros', 'iptables', 'nftables', 'pf'], plan: () => plan(esp, many) },
  {
    name: 'clear-df',
    targets: ['routeros', 'nftables', 'strongswan', 'linux', 'openwrt', 'junos', 'pfsense', 'opnsense'],
    plan: () => plan(esp, every),
  },
  { name: 'clear-df-bsd', targets: ['pf', 'pf@freebsd'], plan: () => plan(esp, { ...every, lanIf: 'em1' }) },
  { name: 'fasttrack-mark', targets: ['routeros', 'routeros@6'], plan: () => plan(esp, { fasttrack: 'mark' }) },
  {
    name: 'fasttrack-exclude',
    targets: ['routeros'],
    plan: () => plan({ ...esp, inner: 4 }, { ...many, fasttrack: 'exclude' }),
  },
  { name: 'fasttrack-raw', targets: ['routeros'], plan: () => plan(esp, { ...many, fasttrack: 'raw' }) },
  {
    name: 'routeros-names',
    targets: ['routeros'],
    plan: () => plan({ tunnel: 'gre', wan: 'ethernet', outer: 4 }, { tunnelIf: 'GRE "Büro" $x?\\' }),
  },
  {
    name: 'xfrm',
    targets: ['iptables', 'ip6tables', 'nftables', 'strongswan', 'charon', 'linux', 'openwrt'],
    plan: () =>
      plan({ ...esp, cipher: 'aes256gcm16' }, { ipsec: 'xfrm', tunnelIf: 'ipsec0', ifId: 42, wanIf: 'eth0', ...nets }),
  },
  {
    name: 'vti',
    targets: ['vyos', 'vyos@1.3', 'vyos@rolling', 'cisco', 'junos', 'fortios', 'iptables', 'nftables', 'linux'],
    plan: () => plan(esp, { ipsec: 'vti' }),
  },
  {
    name: 'vti-inner4',
    targets: ['junos', 'fortios', 'pfsense', 'cisco'],
    plan: () => plan({ ...esp, inner: 4 }, { ipsec: 'vti' }),
  },
  { name: 'libipsec', targets: ['iptables', 'nftables', 'charon'], plan: () => plan(esp, { ipsec: 'libipsec' }) },
  {
    name: 'crypto-map',
    targets: ['cisco'],
    plan: () => plan(esp, { lanIf: 'GigabitEthernet0/0/1.100', copyDf: false }),
  },
  {
    name: 'gre-ipsec',
    targets: ['routeros', 'cisco', 'junos', 'vyos', 'nftables'],
    plan: () => plan({ ...esp, tunnel: 'gre-ipsec' }),
  },
  {
    name: 'policy-route',
    targets: ['vyos', 'vyos@1.3'],
    plan: () => plan(esp, { ...nets, lanIf: 'eth1.100', wanIf: 'eth0' }),
  },
  { name: 'policy-ids', targets: ['fortios', 'fortios@6.4'], plan: () => plan(esp, { policyIds: [12, 13] }) },
  {
    name: 'flowtable',
    targets: ['nftables'],
    plan: () => plan(esp, { ...nets, flowtable: true, lanIf: 'lan0', wanIf: 'wan0' }),
  },
  {
    name: 'flowtable-xfrm',
    targets: ['nftables'],
    plan: () => plan(esp, { ipsec: 'xfrm', flowtable: true, lanIf: 'lan0', wanIf: 'wan0' }),
  },
  {
    name: 'wireguard',
    targets: ['wireguard', 'routeros', 'iptables', 'nftables', 'openwrt', 'vyos', 'pf', 'opnsense'],
    plan: () => plan({ tunnel: 'wireguard', wan: 'pppoe', outer: 6 }),
  },
  {
    name: 'boxes',
    targets: [
      'edgeos',
      'panos',
      'asa',
      'iosxr',
      'networkd',
      'firewalld',
      'ufw',
      'windows',
      'sophos',
      'checkpoint',
      'huawei',
      'huawei@comware',
      'kubernetes@calico',
      'kubernetes@cilium',
      'kubernetes@flannel',
      'aws',
      'azure',
    ],
    plan: () => plan({ ...esp, natT: true }, { ipsec: 'vti' }),
  },
  {
    name: 'boxes-policy',
    targets: ['edgeos', 'asa', 'panos', 'firewalld', 'ufw', 'sophos', 'huawei'],
    plan: () => plan({ ...esp, natT: true, inner: 4 }, { ipsec: 'policy', ...many, clearDf: true, lanIf: undefined }),
  },
  {
    name: 'boxes-wireguard',
    targets: ['edgeos', 'netplan', 'networkmanager', 'networkd', 'firewalld', 'ufw', 'windows', 'kubernetes@cilium'],
    plan: () => plan({ tunnel: 'wireguard', wan: 'pppoe', outer: 6 }, nets),
  },
  {
    name: 'boxes-gre',
    targets: ['nxos', 'iosxr', 'netplan', 'networkmanager', 'panos'],
    plan: () => plan({ tunnel: 'gre', outer: 4, inner: 4 }),
  },
  { name: 'gcp', targets: ['gcp'], plan: () => plan({ ...esp, linkMtu: 1460, natT: true }, {}) },
  {
    name: 'gre-clear-df',
    targets: ['linux', 'vyos', 'cisco'],
    plan: () => plan({ tunnel: 'gre', outer: 4, inner: 4 }, { ...many, clearDf: true }),
  },
  {
    name: 'transport',
    targets: ['linux', 'strongswan'],
    plan: () => plan({ ...esp, mode: 'transport', inner: 4 }),
  },
  {
    name: 'vxlan',
    targets: ['routeros', 'nftables', 'iptables', 'linux', 'openwrt', 'vyos', 'cisco', 'netplan'],
    plan: () => plan({ tunnel: 'vxlan', wan: 'pppoe', outer: 4, inner: 4 }),
  },
  {
    name: 'l2tp-ipsec',
    targets: ['routeros', 'linux'],
    plan: () => plan({ ...esp, cipher: 'aes256-sha1', natT: true, wan: 'pppoe', tunnel: 'l2tp-ipsec', inner: 4 }),
  },
  {
    name: 'l2tp-ipsec-ppp0',
    targets: ['nftables'],
    plan: () =>
      plan(
        { ...esp, cipher: 'aes256-sha1', natT: true, wan: 'pppoe', tunnel: 'l2tp-ipsec', inner: 4 },
        { tunnelIf: 'ppp0' },
      ),
  },
  {
    name: 'openvpn',
    targets: ['routeros', 'vyos', 'vyos@1.3', 'edgeos'],
    plan: () => plan({ tunnel: 'openvpn', wan: 'pppoe', outer: 4, inner: 4 }),
  },
  {
    name: 'below-1280',
    targets: ['cisco', 'junos', 'linux', 'nftables'],
    plan: () => plan({ ...esp, linkMtu: 1300 }, { ipsec: 'vti' }),
  },
  {
    name: 'jumbo',
    targets: ['cisco', 'vyos@1.3', 'nftables'],
    plan: () => plan({ ...esp, linkMtu: 9000 }, { ipsec: 'vti' }),
  },
];

/** Where a golden text lives: golden/<target>/<case>[-undo].txt */
export const goldenPath = (word: string, name: string, undo: boolean): string => {
  const [target, version] = word.split('@');
  return `${target}/${name}${version ? `@${version}` : ''}${undo ? '-undo' : ''}.txt`;
};

/** The undo texts worth a golden: one for each target and way of matching. */
export const undoCases: readonly string[] = [
  'policy',
  'xfrm',
  'vti',
  'crypto-map',
  'policy-route',
  'policy-ids',
  'wireguard',
  'clear-df',
  'boxes',
  'boxes-gre',
  'gre-clear-df',
  'l2tp-ipsec',
  'gcp',
];
