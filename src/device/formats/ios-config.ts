import {
  type Association,
  blankAssociation,
  type ClampReading,
  type DeviceFormat,
  type Draft,
  familyOf,
  type LinkReading,
  type Payload,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { suiteWords } from './algorithm-words.js';
import { CISCO_CRYPTO, type CiscoCrypto, policyRows, readCrypto } from './cisco-crypto.js';
import { linkDraft, mtuOf } from './link-draft.js';

interface Interface {
  readonly name: string;
  readonly line: number;
  readonly values: Map<string, { readonly value: string; readonly line: number }>;
}

/** IOS, IOS-XE and ASA running-config: transform sets, proposals, crypto maps, tunnel interfaces, MTU and MSS. */
export const iosConfig: DeviceFormat = {
  id: 'ios-config',
  title: 'Cisco IOS and ASA running-config (interface Tunnel, transform-set, crypto map)',
  manual: 'Cisco IOS command reference, tunnel mode, crypto ipsec transform-set',
  recognise: ({ lines }) =>
    lines.filter(
      ({ text }) =>
        CISCO_CRYPTO.test(text) ||
        /^\s*(?:interface Tunnel\d|tunnel (?:source|destination|mode|protection) )/.test(text),
    ).length,
  parse: ({ lines }) => {
    const understood: Understood[] = [];
    const crypto = readCrypto(lines, understood);
    const interfaces: Interface[] = [];
    let inside = false;
    for (const { text, number } of lines) {
      const line = text.trim();
      const head = /^interface (\S+)/.exec(line)?.[1];
      if (head) {
        interfaces.push({ name: head, line: number, values: new Map() });
        inside = true;
        understood.push({ line: number, says: `interface ${safe(head, 40)}` });
        continue;
      }
      if (/^crypto (?:ipsec|map \S+ \d|isakmp|ikev2)/.test(line)) inside = false;
      const value =
        /^(mtu|ip mtu|ip tcp adjust-mss|tunnel source|tunnel destination|tunnel mode|tunnel key|tunnel protection ipsec profile|ip address|encapsulation|crypto map)(?: (.*))?$/.exec(
          line,
        );
      if (value && inside)
        interfaces.at(-1)?.values.set(value[1] as string, { value: (value[2] ?? '').slice(0, 80), line: number });
    }
    const tunnels = interfaces.filter(({ name }) => /^Tunnel\d/i.test(name));
    const named = new Map(interfaces.toReversed().map((one) => [one.name, one]));
    const associations = tunnels.flatMap((one) => tunnelOf(one, named, crypto));
    const mapped = interfaces.filter(({ values }) => values.has('crypto map')).map(({ name }) => name);
    const vias = new Set([...tunnels.map(({ values }) => values.get('tunnel source')?.value), ...mapped]);
    return {
      format: iosConfig.id,
      associations: [...associations, ...policyRows(crypto)],
      links: linksOf(interfaces, vias),
      defaultDevices: [...vias].flatMap((name) => (name ? [safe(name, 30)] : [])),
      remarks: [],
      understood,
      clamps: clampsOf(tunnels),
    };
  },
};

const setMtu =
  (name: string) =>
  (mtu: number): string =>
    `interface ${name} / ip mtu ${mtu}`;

function tunnelOf(one: Interface, all: ReadonlyMap<string, Interface>, { sets, profiles }: CiscoCrypto): Association[] {
  const of = (key: string): string | undefined => one.values.get(key)?.value;
  const draft: Draft<Association> = blankAssociation(one.line);
  const source = of('tunnel source');
  const carrier = all.get(source ?? '');
  const name = safe(one.name, 30);
  const mode = of('tunnel mode') ?? 'gre ip';
  const vti = mode.startsWith('ipsec');
  const payload: Payload = mode.startsWith('ipip')
    ? 'ipip'
    : of('tunnel key') === undefined && !/multipoint/.test(mode)
      ? 'gre'
      : 'gre-key';
  const profile = of('tunnel protection ipsec profile')?.split(' ')[0];
  Object.assign(draft, {
    name,
    interface: name,
    source: safeAddress(source) ?? safeAddress(carrier?.values.get('ip address')?.value.split(' ')[0]),
    destination: safeAddress(of('tunnel destination')),
  });
  draft.outer = familyOf(draft.destination) ?? familyOf(draft.source) ?? (/ipv6$/.test(mode) ? 6 : 4);
  if (profile === undefined && !vti)
    return [{ ...draft, kind: 'tunnel', protocol: 'none', tunnel: payload === 'gre-key' ? 'gre-key' : payload }];
  const named = (profiles.get(profile ?? '') ?? []).flatMap((set) => sets.get(set) ?? []);
  const suites = named.length > 0 ? named : sets.size === 1 ? [...sets.values()].flat() : [];
  return (suites.length > 0 ? suites : [undefined]).map((suite) => ({
    ...draft,
    kind: 'proposal',
    mode: vti || suite?.mode !== 'transport' ? 'tunnel' : 'transport',
    payload: vti ? 'ip' : payload,
    ...(suite ? suiteWords(suite.cipher, suite.hash) : {}),
  }));
}

function linksOf(interfaces: readonly Interface[], vias: ReadonlySet<string | undefined>): LinkReading[] {
  return interfaces.flatMap(({ name, line, values }): LinkReading[] => {
    const tunnel = /^Tunnel\d/i.test(name);
    if (!tunnel && !vias.has(name)) return [];
    const said = values.get('ip mtu') ?? values.get('mtu');
    const mtu = mtuOf(said?.value) ?? (tunnel ? null : 1500);
    if (mtu === null) return [];
    const own = safe(name, 30);
    return [
      linkDraft({
        name,
        role: tunnel ? 'tunnel' : 'link',
        mtu,
        line: said?.line ?? line,
        defaultRoute: !tunnel,
        ...(tunnel ? { owner: own, setMtu: setMtu(own) } : {}),
      }),
    ];
  });
}

const clampsOf = (tunnels: readonly Interface[]): ClampReading[] =>
  tunnels.flatMap(({ name, values }) => {
    const said = values.get('ip tcp adjust-mss');
    const mss = mtuOf(said?.value);
    return said && mss !== null ? [{ mss, line: said.line, owner: safe(name, 30), setting: 'ip tcp adjust-mss ' }] : [];
  });
