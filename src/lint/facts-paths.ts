import type { ReadCount } from '../config/lines.js';
import { readNetplan } from '../config/netplan.js';
import { type PathStatement, readPaths } from '../config/paths.js';
import { wordTable } from '../word-table.js';
import { type Device, type DeviceKind, type Facts, noFacts, place, usualMtuOf } from './facts.js';
import { clampRules, type InterfaceClamp } from './interface-clamps.js';
import { mssIn, mtuIn } from './octets.js';
import { policyRouteClamps } from './vyos-policy-route.js';

const kinds: Readonly<Record<string, DeviceKind>> = wordTable({
  vti: 'ipsec',
  xfrm: 'ipsec',
  wireguard: 'wireguard',
  openvpn: 'ovpn',
  vxlan: 'vxlan',
  pppoe: 'pppoe',
  l2tpv3: 'l2tp',
  sstpc: 'sstp',
  gre: 'gre',
  gretap: 'eoip',
  ipip: 'ipip',
  sit: 'ipip',
  ipip6: 'ipip',
  ip6ip6: 'ipip',
  ip6gre: 'gre',
  vti6: 'ipsec',
  'gre-bridge': 'eoip',
});
const value = (word: string | undefined): number | 'pmtu' | undefined =>
  /^clamp-mss-to-pmtu$/.test(word ?? '') ? 'pmtu' : /^\d{1,9}$/.test(word ?? '') ? mssIn(word) : undefined;

/** What stands behind that word of each interface, the first. */
const wordsBehind = (statements: readonly PathStatement[], word: string): ReadonlyMap<string, string> =>
  new Map(
    statements
      .toReversed()
      .flatMap(({ path }) => (path[2] !== undefined && path[3] === word ? [[path[2], path[4] ?? '']] : [])),
  );

interface Found {
  readonly clamps: InterfaceClamp[];
  readonly devices: Map<string, Device>;
}

function factsOf(
  format: string,
  statements: readonly PathStatement[],
  count: ReadCount,
  { clamps, devices }: Found,
  ipsec: PathStatement | undefined,
): Facts {
  const all = [...devices.values()];
  return {
    ...noFacts,
    format,
    count,
    ruleset: clampRules(clamps),
    hasFirewall: format !== 'netplan',
    ipsec: { byPolicy: ipsec !== undefined, place: ipsec && place(ipsec.line, ipsec.text), pairs: [] },
    devices: all,
    wanNames: all.filter(({ kind }) => kind === 'pppoe').map(({ name }) => name),
    families:
      clamps.some(({ family }) => family === 6) ||
      statements.some(({ path }) => path.includes('ipv6') || path.includes('inet6'))
        ? [4, 6]
        : [4],
  };
}

function device(
  { line, text }: PathStatement,
  name: string,
  kind: DeviceKind,
  set: Device['set'],
  more: Partial<Device> = {},
): Device {
  return {
    ...place(line, text),
    name,
    kind,
    mtu: usualMtuOf(kind),
    said: false,
    clampsItself: false,
    encrypted: false,
    set,
    ...more,
  };
}

/** VyOS and EdgeOS: MTU and adjust-mss by interface, `firewall options` of older releases. */
export function factsOfVyos(text: string): Facts {
  const { statements, count } = readPaths(text);
  const found: Found = { clamps: [], devices: new Map() };
  const disabled = new Set(
    statements.filter(({ path }) => path[0] === 'interfaces' && path.at(-1) === 'disable').map(({ path }) => path[2]),
  );
  const encapsulations = wordsBehind(statements, 'encapsulation');
  // EdgeOS: kinds of interfaces by their names, vtun is none of tun; `all` and none are every one.
  const clamped = statements.flatMap(({ path }) => (path.at(-2) === 'interface-type' ? [path.at(-1) ?? ''] : []));
  const of = clamped.includes('all') || clamped.length === 0 ? [undefined] : clamped.map((one) => `${one}*`);
  for (const statement of statements) {
    const { path, line, text: raw } = statement;
    const [top, type = '', name = '', ...rest] = path;
    if (top === 'interfaces' && !disabled.has(name)) {
      const vlan = rest[0] === 'vif' ? `.${rest[1]}` : '';
      const words = rest[0] === 'vif' ? rest.slice(2) : rest;
      const encapsulation = type === 'tunnel' ? encapsulations.get(name) : type;
      const kind = kinds[encapsulation ?? 'gre'];
      if (kind && !found.devices.has(name))
        found.devices.set(
          name,
          device(statement, name, kind, (mtu) => `set interfaces ${type} ${name} mtu ${mtu}`),
        );
      const known = found.devices.get(name);
      if (words[0] === 'mtu' && known)
        found.devices.set(name, { ...known, ...place(line, raw), mtu: mtuIn(words[1]), said: true });
      if ((words[0] === 'ip' || words[0] === 'ipv6') && words[1] === 'adjust-mss') {
        const to = value(words[2]);
        if (to !== undefined)
          found.clamps.push({ line, text: raw, name: `${name}${vlan}`, family: words[0] === 'ip' ? 4 : 6, to });
      }
    }
    if (top === 'firewall' && type === 'options') {
      const option = path.at(-2);
      const to = value(path.at(-1));
      if (name === 'interface' && /^adjust-mss6?$/.test(option ?? '') && to !== undefined)
        found.clamps.push({ line, text: raw, name: rest[0] ?? '', family: option === 'adjust-mss' ? 4 : 6, to });
      if (/^mss-clamp6?$/.test(name) && option === 'mss' && to !== undefined)
        for (const one of of)
          found.clamps.push({ line, text: raw, name: one, family: name === 'mss-clamp' ? 4 : 6, to });
    }
  }
  const peers = statements.filter(
    ({ path }) => path[0] === 'vpn' && path[1] === 'ipsec' && /^(?:site-to-site)$/.test(path[2] ?? ''),
  );
  const byPolicy = peers.some(({ path }) => path.includes('vti'))
    ? undefined
    : peers.find(({ path }) => path.includes('tunnel'));
  const { clamps, unread } = policyRouteClamps(statements);
  found.clamps.push(...clamps);
  const counted = { ...count, read: count.read - unread.length, unread: [...count.unread, ...unread] };
  return factsOf('vyos', statements, counted, found, byPolicy);
}

/** Junos: security flow tcp-mss for the whole box, MTU by unit. */
export function factsOfJunos(text: string): Facts {
  const { statements, count } = readPaths(text);
  const found: Found = { clamps: [], devices: new Map() };
  for (const statement of statements) {
    const { path, line, text: raw } = statement;
    const words = path.join(' ');
    const [, scope, mss] = /security flow tcp-mss (all-tcp|ipsec-vpn|gre-in|gre-out) mss (\d+)$/.exec(words) ?? [];
    const to = mssIn(mss);
    if (scope === 'all-tcp') found.clamps.push({ line, text: raw, to });
    if (scope === 'ipsec-vpn') found.clamps.push({ line, text: raw, to, name: 'st0*', ipsec: true });
    if (scope === 'gre-in') found.clamps.push({ line, text: raw, to, name: 'gr-*', ways: ['in'] });
    if (scope === 'gre-out') found.clamps.push({ line, text: raw, to, name: 'gr-*', ways: ['out'] });
    const [, base, unit] = /^interfaces (st0|gr-\S+) unit (\d+)/.exec(words) ?? [];
    if (base === undefined) continue;
    const name = `${base}.${unit}`;
    const set = (mtu: number): string => `set interfaces ${base} unit ${unit} family inet mtu ${mtu}`;
    const known = found.devices.get(name) ?? device(statement, name, base === 'st0' ? 'ipsec' : 'gre', set);
    const mtu = /family inet6? mtu (\d+)$/.exec(words)?.[1];
    found.devices.set(
      name,
      mtu === undefined
        ? known
        : {
            ...known,
            ...place(line, raw),
            // Of two families the smaller one holds.
            mtu: known.said && known.mtu !== null ? Math.min(known.mtu, Number(mtu)) : mtuIn(mtu),
            said: true,
          },
    );
  }
  const policy = statements.find(
    ({ path }) =>
      path.includes('tunnel') && path.includes('ipsec-vpn') && path[0] === 'security' && path[1] === 'policies',
  );
  return factsOf('junos', statements, count, found, policy);
}

/** netplan: tunnels of a host; its own connections follow the MTU of the interface. */
export function factsOfNetplan(text: string): Facts {
  const { statements, count } = readNetplan(text);
  const found: Found = { clamps: [], devices: new Map() };
  const modes = wordsBehind(statements, 'mode');
  for (const statement of statements) {
    const { path, line, text: raw } = statement;
    const [network, group, name = '', key, word = ''] = path;
    if (network !== 'network' || !/^(?:tunnels|ethernets|vlans)$/.test(group ?? '') || key === undefined) continue;
    const kind = group === 'tunnels' ? kinds[modes.get(name) ?? ''] : undefined;
    if (!kind) continue;
    const known =
      found.devices.get(name) ??
      device(statement, name, kind, (mtu) => `network.tunnels.${name}.mtu: ${mtu}`, { clampsItself: true });
    found.devices.set(name, key === 'mtu' ? { ...known, ...place(line, raw), mtu: mtuIn(word), said: true } : known);
  }
  return factsOf('netplan', statements, count, found, undefined);
}
