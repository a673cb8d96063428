import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/io/catalogue.js';
import { calculate } from '../../../src/mtu/calculate.js';
import type { CalcRequest } from '../../../src/mtu/calculation.js';
import { emit, type Undo } from '../../../src/snippet/emit.js';
import { type ClampPlan, type PlanChoices, planOf } from '../../../src/snippet/plan.js';
import { inNamespace } from './in-namespace.js';

/**
 * What configures Linux hosts, read by the programs themselves (Debian: netplan.io, network-manager, firewalld, ufw).
 */
const made = (request: CalcRequest, choices: PlanChoices = {}): ClampPlan =>
  planOf(calculate(request, catalogue), choices);
const wg = made({ tunnel: 'wireguard', wan: 'pppoe', outer: 6 }, { tunnelIf: 'wg7' });
const gre = made({ tunnel: 'gre', outer: 4, inner: 4 }, { tunnelIf: 'gre7', inner: 4 });
const nets = { localNets: ['10.1.0.0/24', 'fd01::/64'], remoteNets: ['10.2.0.0/24', '10.3.0.0/24', 'fd02::/64'] };
const esp = made({ cipher: 'aes256-sha256', natT: true, outer: 4 }, { ipsec: 'policy', ...nets });

const work = mkdtempSync(join(tmpdir(), `snippet-linux-${process.pid}-`));
afterAll(() => rmSync(work, { recursive: true, force: true }));
let count = 0;
const file = (target: string, plan: ClampPlan, undo: Undo = 'no'): string => {
  const path = join(work, `${count++}`);
  writeFileSync(path, emit([target], plan, undo).snippets[0]?.text ?? '');
  return path;
};

describe('netplan', () => {
  const base = `network:
  version: 2
  renderer: networkd
  tunnels:
    wg7: { mode: wireguard, key: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", port: 51820, mtu: 1420, peers: [{ keys: { public: "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=" }, allowed-ips: [10.2.0.0/24] }] }
    gre7: { mode: gre, local: 192.0.2.1, remote: 192.0.2.2 }
`;

  test('netplan generate joins the file with the one that defines the interface, its MTU wins', () => {
    expect(
      inNamespace(`
mkdir -p ${work}/np/etc/netplan; cd ${work}/np
cat > etc/netplan/50-base.yaml <<'X'
${base}X
cp ${file('netplan', wg)} etc/netplan/90-mtucalc-wg7.yaml; cp ${file('netplan', gre)} etc/netplan/90-mtucalc-gre7.yaml; chmod 600 etc/netplan/*
netplan generate --root-dir ${work}/np || echo refused
grep -h MTUBytes run/systemd/network/*wg7* | sort -u; grep -h MTUBytes run/systemd/network/*gre7* | sort -u
printf 'network:\\n  version: 2\\n  tunnels:\\n    wg7:\\n      mtuu: 1\\n' > etc/netplan/99-bad.yaml; chmod 600 etc/netplan/99-bad.yaml
netplan generate --root-dir ${work}/np 2>/dev/null || echo "the judge is awake"
`),
    ).toEqual([`MTUBytes=${wg.tunnelMtu}`, `MTUBytes=${gre.tunnelMtu}`, 'the judge is awake']);
  });
});

describe('NetworkManager', () => {
  const offline = (path: string): string =>
    `sed -n 's/^nmcli connection modify [^ ]* /nmcli --offline connection modify /p' ${path}`;

  test.for([
    ['wireguard', wg, 'type wireguard con-name wg7 ifname wg7', `mtu=${wg.tunnelMtu}`],
    ['gre', gre, 'type ip-tunnel con-name gre7 ifname gre7 mode gre remote 192.0.2.2', `mtu=${gre.tunnelMtu}`],
    [
      'pppoe',
      made({ wan: 'pppoe' }, { wanIf: 'ppp0' }),
      'type pppoe con-name dsl ifname ppp0 parent eth0 username me',
      'mtu=1492',
    ],
  ] as const)('nmcli --offline takes the properties of %s', ([, plan, connection, line]) => {
    expect(
      inNamespace(`
nmcli --offline connection add ${connection} > ${work}/nm; eval "$(${offline(file('networkmanager', plan))}) < ${work}/nm" | grep -x '${line}'
eval "$(${offline(file('networkmanager', plan, 'this'))}) < ${work}/nm" | grep -x '${line}' || echo gone
nmcli --offline connection modify wireguard.mtuu 1 < ${work}/nm 2>/dev/null || echo "the judge is awake"`),
    ).toEqual([line, 'gone', 'the judge is awake']);
  });
});

describe('systemd-networkd', () => {
  // With /sys read-only networkd waits for no udev, as in a container.
  test('networkd itself takes MTU and routes from the drop-in', () => {
    const plan = made({ tunnel: 'gre', outer: 4 }, { tunnelIf: 'tun7', remoteNets: ['10.2.0.0/24', 'fd02::/64'] });
    expect(
      inNamespace(`
mount -t sysfs -o ro sysfs /sys; mount -t tmpfs tmpfs /run; mount -t tmpfs tmpfs /etc/systemd/network; mkdir -p /etc/systemd/network/70-tun7.network.d /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp /run/dbus
printf '[Match]\\nName=tun7\\n\\n[Network]\\nAddress=10.9.0.1/30\\nAddress=fd09::1/64\\nConfigureWithoutCarrier=yes\\nIPv6DuplicateAddressDetection=0\\n' > /etc/systemd/network/70-tun7.network
cp ${file('networkd', plan)} /etc/systemd/network/70-tun7.network.d/mtucalc.conf
chown -R systemd-network /run/systemd/netif 2>/dev/null; ip link set lo up; ip link add tun7 type veth peer name far7; ip link set far7 up
SYSTEMD_LOG_TARGET=console SYSTEMD_LOG_LEVEL=info timeout 20 /usr/lib/systemd/systemd-networkd > ${work}/networkd.log 2>&1 & daemon=$!
for i in $(seq 150); do ip route show 10.2.0.0/24 | grep -q advmss && ip -6 route show fd02::/64 | grep -q advmss && break; sleep 0.1; done
ip -o link show dev tun7 | sed 's/.* mtu \\([0-9]*\\).*/\\1/'; ip route show 10.2.0.0/24 | grep -oE 'mtu [0-9]+|advmss [0-9]+'; ip -6 route show fd02::/64 | grep -oE 'mtu [0-9]+|advmss [0-9]+'
grep -iE 'unknown|ignoring|invalid|failed to parse' ${work}/networkd.log; kill $daemon; wait $daemon 2>/dev/null; true`),
    ).toEqual([
      `${plan.tunnelMtu}`,
      `mtu ${plan.tunnelMtu}`,
      `advmss ${plan.mss.ipv4}`,
      `mtu ${plan.tunnelMtu}`,
      `advmss ${plan.mss.ipv6}`,
    ]);
  });
});

describe('firewalld', () => {
  const offline = (path: string): string =>
    `sed -e 's/firewall-cmd --permanent/firewall-offline-cmd/g' -e '/--reload/d' ${path}`;

  test('firewall-offline-cmd takes every line, twice, beside another tunnel; undo takes one, undo --all the rest', () => {
    const other = made({ tunnel: 'wireguard', outer: 4, inner: 4 }, { inner: 4, remoteNets: ['10.9.0.0/24'] });
    expect(
      inNamespace(`
mount -t tmpfs tmpfs /etc/firewalld 2>/dev/null || { mkdir -p /etc/firewalld; mount -t tmpfs tmpfs /etc/firewalld; }
mkdir -p /etc/firewalld/policies /etc/firewalld/zones; printf 'DefaultZone=public\\n' > /etc/firewalld/firewalld.conf
for i in 1 2; do ${offline(file('firewalld', esp))} | sh -e 2>&1 | grep -v '^success$'; done; ${offline(file('firewalld', other))} | sh -e 2>&1 | grep -v '^success$'
ls /etc/firewalld/policies/*.xml | wc -l; grep -ho 'tcp-mss-clamp value="[0-9]*"' /etc/firewalld/policies/*.xml | sort | uniq -c | sed 's/^ *//'
firewall-offline-cmd --check-config >/dev/null && echo checked
${offline(file('firewalld', esp, 'this'))} | sh 2>&1 | grep -v '^success$'; ls /etc/firewalld/policies/*.xml | wc -l
${offline(file('firewalld', esp, 'all'))} | sh 2>&1 | grep -v '^success$'; ls /etc/firewalld/policies/*.xml 2>/dev/null | wc -l`),
    ).toEqual([
      '2',
      `2 tcp-mss-clamp value="${esp.mss.ipv6}"`,
      `4 tcp-mss-clamp value="${esp.mss.ipv4}"`,
      `2 tcp-mss-clamp value="${other.mss.ipv4}"`,
      'checked',
      '1',
      '0',
    ]);
  });
});

describe('ufw', () => {
  test('the lines load where they say, above the accept, and a second load does not double them', () => {
    const path = file('ufw', esp);
    const into = (name: string): string =>
      `grep -- '^-A ufw${name === 'before6' ? '6' : ''}-before-forward' ${path} > ${work}/lines; sed "/# End required lines/r ${work}/lines" /etc/ufw/${name}.rules > ${work}/${name}`;
    expect(
      inNamespace(`
${into('before')}; ${into('before6')}
for chain in ufw-logging-deny ufw-logging-allow ufw-user-input ufw-user-output ufw-user-forward; do iptables -N $chain; done; for chain in ufw6-logging-deny ufw6-logging-allow ufw6-user-input ufw6-user-output ufw6-user-forward; do ip6tables -N $chain; done
for i in 1 2; do iptables-restore -n < ${work}/before || echo refused; ip6tables-restore -n < ${work}/before6 || echo refused; done
iptables -S ufw-before-forward | grep -n -m1 'ESTABLISHED' | cut -d: -f1; iptables -S ufw-before-forward | grep -c 'set-mss ${esp.mss.ipv4}'; ip6tables -S ufw6-before-forward | grep -c 'set-mss ${esp.mss.ipv6}'
`),
    ).toEqual(['6', '4', '2']);
  });

  test('undo takes the lines of its tunnel out', () => {
    expect(
      inNamespace(`
mkdir -p ${work}/ufw; printf 'a\\n' > ${work}/ufw/before.rules; grep -- '^-A' ${file('ufw', esp)} >> ${work}/ufw/before.rules; grep -- '^-A' ${file('ufw', wg)} >> ${work}/ufw/before.rules; cp ${work}/ufw/before.rules ${work}/ufw/before6.rules
sed -n "/^sed/s|/etc/ufw|${work}/ufw|gp" ${file('ufw', esp, 'this')} | sh; grep -c mtucalc-${esp.name} ${work}/ufw/before.rules; grep -c mtucalc-wg7 ${work}/ufw/before.rules
sed -n "/^sed/s|/etc/ufw|${work}/ufw|gp" ${file('ufw', esp, 'all')} | sh; cat ${work}/ufw/before.rules`),
    ).toEqual(['0', '4', 'a']);
  });
});
