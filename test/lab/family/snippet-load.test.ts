import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/io/catalogue.js';
import { calculate } from '../../../src/mtu/calculate.js';
import type { CalcRequest } from '../../../src/mtu/calculation.js';
import { emit } from '../../../src/snippet/emit.js';
import { type ClampPlan, type PlanChoices, planOf } from '../../../src/snippet/plan.js';
import { inNamespace } from './in-namespace.js';

/**
 * Loading, not --test: what these programs accept on paper they may refuse in the kernel. Each file goes into a network
 * namespace of its own; what needs devices finds a few veth pairs there.
 */
const esp: CalcRequest = { cipher: 'aes256-sha256', wan: 'ethernet', natT: false, outer: 4 };
const one = { localNets: ['10.1.0.0/24', '2001:db8:1::/64'], remoteNets: ['10.2.0.0/24', '2001:db8:2::/64'] };
const many = {
  localNets: ['10.1.0.0/24', '10.1.8.0/21', 'fd01::/64', 'fd11::/64'],
  remoteNets: ['10.2.0.0/16', '172.16.0.0/12', 'fd02::/64', 'fd12::/48'],
};

const tunnels: readonly (readonly [string, CalcRequest, PlanChoices])[] = [
  ['policy', esp, { ipsec: 'policy' }],
  ['policy-natt-v6', { ...esp, outer: 6, natT: true, wan: 'pppoe' }, { ipsec: 'policy', natT: true }],
  ['xfrm', { ...esp, cipher: 'chacha20poly1305' }, { ipsec: 'xfrm', ifId: 42, tunnelIf: 'ipsec0', wanIf: 'wan0' }],
  ['vti', { ...esp, inner: 4 }, { ipsec: 'vti', inner: 4 }],
  ['libipsec', esp, { ipsec: 'libipsec' }],
  ['gre', { ...esp, tunnel: 'gre-ipsec' }, { tunnelIf: 'gre-a.1' }],
  ['wireguard', { tunnel: 'wireguard', wan: 'lte' }, {}],
  ['jumbo', { ...esp, linkMtu: 9000 }, { ipsec: 'vti', tunnelIf: 'vti0' }],
  ['narrow', { ...esp, linkMtu: 600, inner: 4 }, { ipsec: 'policy', inner: 4 }],
];
const scopes: readonly (readonly [string, PlanChoices])[] = [
  ['any', {}],
  ['one', one],
  ['many', many],
  ['remote', { remoteNets: one.remoteNets, clearDf: true, copyDf: false }],
  ['clear-df', { ...many, clearDf: true, lanIf: 'lan0' }],
];

interface Made {
  readonly name: string;
  readonly plan: ClampPlan;
}
const plans: readonly Made[] = tunnels.flatMap(([tunnel, request, choices]) =>
  scopes.map(([scope, more]) => ({
    name: `${tunnel}-${scope}`,
    plan: planOf(calculate(request, catalogue), { ...choices, ...more }),
  })),
);

const work = mkdtempSync(join(tmpdir(), `snippet-load-${process.pid}-`));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const DEVICES =
  'ip link set lo up; ip link add lan0 type veth peer name wan0; ip link add ipsec0 type veth peer name vti0; ip link add wg0 type veth peer name gre-a.1';

/** Writes a snippet and its undo; the paths. */
function files(target: string, { name, plan }: Made): { readonly set: string; readonly undo: string } | undefined {
  const { snippets } = emit([target], plan);
  const text = snippets[0]?.text ?? '';
  if (text.includes('nothing to do')) return undefined;
  const folder = join(work, target);
  mkdirSync(folder, { recursive: true });
  const [set, undo] = [join(folder, name), join(folder, `${name}-undo`)];
  writeFileSync(set, text);
  writeFileSync(undo, emit([target], plan, true).snippets[0]?.text ?? '');
  return { set, undo };
}

const made = (target: string) => plans.flatMap((plan) => files(target, plan) ?? []);

describe('netfilter', () => {
  test.for(['iptables', 'ip6tables'])('%s-restore loads every file, and --undo takes it out', (target) => {
    const list = made(target);
    expect(list.length).toBeGreaterThan(20);
    const printed = inNamespace(
      `${DEVICES}\n${list
        .map(
          ({ set, undo }) =>
            `${target}-restore --noflush ${set} || echo "refused ${set}"; ${target}-save -t mangle | grep -c set-mss >/dev/null || echo "empty ${set}"; ${target}-restore --noflush ${undo} || echo "refused ${undo}"; ${target}-save -t mangle | grep -i mtucalc`,
        )
        .join('\n')}\necho done`,
    );
    expect(printed).toEqual(['done']);
  });

  test('nft -f loads every file, twice in a row, into one table', () => {
    const list = made('nftables');
    const printed = inNamespace(
      `${DEVICES}\n${list.map(({ set, undo }) => `nft -f ${set} && nft -f ${set} || echo "refused ${set}"; [ "$(nft list chains | grep -c 'chain clamp {')" = 1 ] || echo "not once ${set}"; nft -f ${undo} && nft -f ${undo} || echo "refused ${undo}"; nft list tables`).join('\n')}\necho done`,
    );
    expect(printed).toEqual(['done']);
  });

  test('the OpenWrt chains load inside table inet fw4, and the script is a script', () => {
    const list = made('openwrt');
    const printed = inNamespace(
      `${DEVICES}\n${list
        .map(
          ({ set }) =>
            `sh -n ${set} || echo "no script ${set}"; sed -n "/<<'MTUCALC'/,/^MTUCALC/p" ${set} | sed '1d;$d' > ${work}/include.nft; printf 'table inet fw4 {\\ninclude "${work}/include.nft"\\n}\\n' > ${work}/fw4.nft; nft -f ${work}/fw4.nft || echo "refused ${set}"; nft list table inet fw4 | grep -q _clamp || echo "empty ${set}"; nft delete table inet fw4`,
        )
        .join('\n')}\necho done`,
    );
    expect(printed).toEqual(['done']);
  });

  test('a wrong file is noticed (the judge is awake)', () => {
    writeFileSync(
      join(work, 'wrong'),
      '*mangle\n-A PREROUTING -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu\nCOMMIT\n',
    );
    expect(inNamespace(`iptables-restore --noflush ${work}/wrong 2>/dev/null || echo refused`)).toEqual(['refused']);
  });
});

describe('shell', () => {
  test('the linux scripts run: the MTU is set, and put back', () => {
    const [xfrm] = plans.filter(({ name }) => name === 'gre-any').map((plan) => files('linux', plan));
    const printed = inNamespace(
      `${DEVICES}\nsh -e ${xfrm?.set} >/dev/null; ip -o link show dev gre-a.1 | sed 's/.* mtu \\([0-9]*\\).*/\\1/'; sh -e ${xfrm?.undo} >/dev/null; ip -o link show dev gre-a.1 | sed 's/.* mtu \\([0-9]*\\).*/\\1/'`,
    );
    const tunnelMtu = plans.find(({ name }) => name === 'gre-any')?.plan.tunnelMtu;
    expect(printed.slice(-2)).toEqual([`${tunnelMtu}`, '1500']);
    const list = made('linux');
    expect(
      inNamespace(
        `${list.map(({ set, undo }) => `sh -n ${set} || echo "no script ${set}"; sh -n ${undo} || echo "no script ${undo}"`).join('\n')}\necho done`,
      ),
    ).toEqual(['done']);
  });

  test('wg-quick strip reads the WireGuard lines', () => {
    const plan = plans.find(({ name }) => name === 'wireguard-any');
    const path = join(work, 'wgtest0.conf');
    writeFileSync(
      path,
      `${emit(['wireguard'], (plan as Made).plan).snippets[0]?.text.replace(/^\[Interface\]/m, `[Interface]\nPrivateKey = ${'A'.repeat(43)}=`)}\n[Peer]\nPublicKey = ${'B'.repeat(42)}A=\nAllowedIPs = 10.2.0.0/24\n`,
      { mode: 0o600 },
    );
    const printed = inNamespace(`wg-quick strip ${path}`);
    expect(printed.filter((line) => !line.startsWith('#'))).toEqual([
      '[Interface]',
      `PrivateKey = ${'A'.repeat(43)}=`,
      '[Peer]',
      `PublicKey = ${'B'.repeat(42)}A=`,
      'AllowedIPs = 10.2.0.0/24',
    ]);
  });
});

describe('strongSwan', () => {
  /** A running charon with a connection of its own; swanctl reads conf.d as it would below /etc/swanctl. */
  const charon = (settings: string, loads: readonly string[]): string[] =>
    inNamespace(`
mount -t tmpfs tmpfs /run; ip link set lo up; mkdir -p ${work}/conf.d; rm -f ${work}/conf.d/*
printf 'include ${work}/conf.d/*.conf\\n' > ${work}/swanctl.conf
cat > ${work}/conf.d/a.conf <<X
connections {
  tunnel { remote_addrs = 192.0.2.1
    local { auth = psk }
    remote { auth = psk }
    children { tunnel { remote_ts = 10.2.0.0/24 } } }
  site { remote_addrs = 192.0.2.9
    local { auth = psk }
    remote { auth = psk }
    children { net { remote_ts = 10.3.0.0/24 } } }
}
X
printf 'charon {\\n load_modular = no\\n load = random nonce aes sha1 sha2 hmac openssl kernel-netlink socket-default vici\\n}\\n${settings ? `include ${settings}\\n` : ''}' > ${work}/strongswan.conf
export STRONGSWAN_CONF=${work}/strongswan.conf
/usr/lib/ipsec/charon > ${work}/charon.log 2>&1 & daemon=$!
for i in $(seq 100); do [ -S /run/charon.vici ] && break; sleep 0.1; done
${loads.map((path) => `cp ${path} ${work}/conf.d/mtucalc.conf; echo "== ${path}"; swanctl --load-conns --file ${work}/swanctl.conf 2>&1 | grep -E 'loaded|discarded|unknown|invalid|failed'`).join('\n')}
kill $daemon; wait $daemon 2>/dev/null
grep -iE 'unknown|invalid|syntax|failed to parse' ${work}/charon.log; true`);

  test('swanctl --load-conns joins every file with the connections there are', () => {
    const variants = plans
      .filter(({ plan }) => plan.kind === 'ipsec')
      .flatMap((plan) => [plan, { name: `${plan.name}-site`, plan: { ...plan.plan, conn: 'site', child: 'net' } }]);
    const list = variants.flatMap((plan) => files('strongswan', plan) ?? []).slice(0, 40);
    expect(
      charon(
        '',
        list.map(({ set }) => set),
      ).filter((line) => !/^(==|loaded connection|plugin '.*failed to load)/.test(line)),
    ).toEqual(list.map(() => 'successfully loaded 2 connections, 0 unloaded'));
  });

  test('a child with an mtu is noticed (the judge is awake)', () => {
    writeFileSync(join(work, 'bad.conf'), 'connections {\n site {\n children {\n net {\n mtu = 1400\n }\n }\n }\n}\n');
    expect(charon('', [join(work, 'bad.conf')]).join('\n')).toMatch(/unknown option: mtu/);
  });

  test('charon starts with the strongswan.conf snippet', () => {
    const plan = plans.find(({ name }) => name === 'policy-any') as Made;
    const path = files('charon', plan)?.set as string;
    expect(charon(path, [path]).at(-1)).toBe('successfully loaded 2 connections, 0 unloaded');
  });
});
