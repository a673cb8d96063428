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
import { linkDraft, mtuOf } from './link-draft.js';

interface Interface {
  readonly name: string;
  readonly line: number;
  readonly values: Map<string, { readonly value: string; readonly line: number }>;
}

/** IOS and IOS-XE running-config: transform sets, profiles, tunnel interfaces, MTU and MSS. */
export const iosConfig: DeviceFormat = {
  id: 'ios-config',
  title: 'Cisco IOS running-config (interface Tunnel, transform-set)',
  manual: 'Cisco IOS command reference, tunnel mode, crypto ipsec transform-set',
  recognise: ({ lines }) =>
    lines.filter(({ text }) =>
      /^\s*(?:crypto ipsec (?:transform-set|profile) |interface Tunnel\d|tunnel (?:source|destination|mode|protection) )/.test(
        text,
      ),
    ).length,
  parse: ({ lines }) => {
    const understood: Understood[] = [];
    const sets = new Map<string, { readonly cipher: string; readonly hash: string | null; transport: boolean }>();
    const profiles = new Map<string, string>();
    const interfaces: Interface[] = [];
    let block: string[] = [];
    for (const { text, number } of lines) {
      const line = text.trim();
      const set = /^crypto ipsec transform-set (\S+) (.+)$/.exec(line);
      if (set) {
        const words = set[2] as string;
        const cipher = /\besp-(?!sha|md5)(\S+(?: (?:128|192|256))?)/.exec(words)?.[1] ?? 'null';
        sets.set(set[1] as string, {
          cipher,
          hash: /\besp-((?:sha|md5)\S*?)(?:-hmac)?(?:\s|$)/.exec(words)?.[1] ?? null,
          transport: false,
        });
        block = ['set', set[1] as string];
        understood.push({ line: number, says: `transform-set ${safe(set[1] as string, 40)}` });
        continue;
      }
      const profile = /^crypto ipsec profile (\S+)/.exec(line)?.[1];
      if (profile) block = ['profile', profile];
      const head = /^interface (\S+)/.exec(line)?.[1];
      if (head) {
        interfaces.push({ name: head, line: number, values: new Map() });
        block = ['interface', head];
        understood.push({ line: number, says: `interface ${safe(head, 40)}` });
        continue;
      }
      if (block[0] === 'set' && /^mode transport/.test(line))
        (sets.get(block[1] as string) as { transport: boolean }).transport = true;
      const used = /^set transform-set (\S+)/.exec(line)?.[1];
      if (used && block[0] === 'profile') profiles.set(block[1] as string, used);
      const value =
        /^(mtu|ip mtu|ip tcp adjust-mss|tunnel source|tunnel destination|tunnel mode|tunnel key|tunnel protection ipsec profile|ip address|encapsulation)(?: (.*))?$/.exec(
          line,
        );
      if (value && block[0] === 'interface')
        interfaces.at(-1)?.values.set(value[1] as string, { value: (value[2] ?? '').slice(0, 80), line: number });
    }
    const tunnels = interfaces.filter(({ name }) => /^Tunnel\d/i.test(name));
    const associations = tunnels.map((one) => tunnelOf(one, interfaces, sets, profiles));
    const vias = new Set(tunnels.map(({ values }) => values.get('tunnel source')?.value));
    return {
      format: iosConfig.id,
      associations,
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

function tunnelOf(
  one: Interface,
  all: readonly Interface[],
  sets: ReadonlyMap<string, { readonly cipher: string; readonly hash: string | null; readonly transport: boolean }>,
  profiles: ReadonlyMap<string, string>,
): Association {
  const of = (key: string): string | undefined => one.values.get(key)?.value;
  const draft: Draft<Association> = blankAssociation(one.line);
  const source = of('tunnel source');
  const carrier = all.find(({ name }) => name === source);
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
    return { ...draft, kind: 'tunnel', protocol: 'none', tunnel: payload === 'gre-key' ? 'gre-key' : payload };
  const set = sets.get(profiles.get(profile ?? '') ?? '') ?? (sets.size === 1 ? [...sets.values()][0] : undefined);
  return {
    ...draft,
    kind: 'proposal',
    mode: vti || !set?.transport ? 'tunnel' : 'transport',
    payload: vti ? 'ip' : payload,
    ...(set ? suiteWords(set.cipher, set.hash) : {}),
  };
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
    return said && mss !== null ? [{ mss, line: said.line, owner: safe(name, 30) }] : [];
  });
