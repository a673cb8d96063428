import {
  type Association,
  blankAssociation,
  type ClampReading,
  type DeviceFormat,
  type Draft,
  familyOf,
  type LinkReading,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { linkDraft, mtuOf } from './link-draft.js';
import { readProposals } from './proposals.js';

interface Entry {
  readonly section: string;
  readonly name: string;
  readonly line: number;
  readonly values: Map<string, { readonly value: string; readonly line: number }>;
}

/** FortiOS configuration: phase 2 proposals, interfaces with mtu-override and tcp-mss. */
export const fortiosConfig: DeviceFormat = {
  id: 'fortios-config',
  title: 'FortiOS configuration (phase2-interface, system interface)',
  manual: 'FortiOS CLI reference, vpn ipsec phase2-interface, system interface',
  recognise: ({ lines }) =>
    lines.filter(({ text }) =>
      /^\s*config vpn ipsec phase[12](?:-interface)?\s*$|^\s*config system interface\s*$/.test(text),
    ).length,
  parse: ({ lines }) => {
    const understood: Understood[] = [];
    const entries: Entry[] = [];
    const sections: string[] = [];
    for (const { text, number } of lines) {
      const line = text.trim();
      const section = /^config (.{1,60})$/.exec(line)?.[1];
      if (section) sections.push(section);
      else if (line === 'end') sections.pop();
      const edit = /^edit "?([^"]{1,60})"?$/.exec(line)?.[1];
      if (edit !== undefined)
        entries.push({ section: sections.at(-1) ?? '', name: edit, line: number, values: new Map() });
      const set = /^set ([a-z0-9-]{2,30}) (.{1,200})$/.exec(line);
      // Secrets are passed over by name: psksecret, passwd, private-key.
      if (set && !/psk|passw|secret|key$/.test(set[1] as string))
        entries.at(-1)?.values.set(set[1] as string, { value: (set[2] as string).replaceAll('"', ''), line: number });
    }
    const of = (section: RegExp): Entry[] => entries.filter((one) => section.test(one.section));
    const phase1 = of(/^vpn ipsec phase1/);
    const system = of(/^system interface$/);
    const associations = of(/^vpn ipsec phase2/).flatMap((one) => phase2(one, phase1, understood));
    const tunnelNames = new Set([
      ...phase1.map(({ name }) => name),
      ...system.filter(({ values }) => values.get('type')?.value === 'tunnel').map(({ name }) => name),
    ]);
    const wans = new Set(phase1.map(({ values }) => values.get('interface')?.value));
    return {
      format: fortiosConfig.id,
      associations,
      links: system.flatMap((one) => linkOf(one, tunnelNames, wans)),
      defaultDevices: [...wans].flatMap((name) => (name ? [safe(name, 30)] : [])),
      remarks: [],
      understood,
      clamps: system.flatMap((one) => clampOf(one, tunnelNames)),
    };
  },
};

function phase2({ name, line, values }: Entry, phase1: readonly Entry[], understood: Understood[]): Association[] {
  const one = phase1.find((candidate) => candidate.name === values.get('phase1name')?.value);
  const remote = safeAddress(one?.values.get('remote-gw')?.value);
  const { proposals } = readProposals(values.get('proposal')?.value ?? '');
  understood.push({ line, says: `phase 2 ${safe(name, 40)}` });
  return proposals.map((proposal) => {
    const draft: Draft<Association> = blankAssociation(values.get('proposal')?.line ?? line);
    Object.assign(draft, {
      kind: 'proposal',
      name: safe(name, 40),
      encr: safe(proposal, 60),
      destination: remote,
      outer: familyOf(remote),
    });
    draft.mode = /^transport/.test(values.get('encapsulation')?.value ?? '') ? 'transport' : 'tunnel';
    const natT = one?.values.get('nattraversal')?.value;
    draft.natT = natT === 'forced' ? true : natT === 'disable' ? false : null;
    const encapsulation = one?.values.get('encapsulation')?.value;
    if (values.get('l2tp')?.value === 'enable') draft.payload = 'l2tp';
    else if (encapsulation === 'vxlan') draft.payload = 'vxlan';
    else if (encapsulation === 'gre' || values.get('protocol')?.value === '47') draft.payload = 'gre';
    // The interface is called as its phase 1 is.
    if (/-interface$/.test(one?.section ?? '')) draft.interface = safe(one?.name ?? '', 30);
    return draft;
  });
}

function linkOf(
  { name, line, values }: Entry,
  tunnels: ReadonlySet<string>,
  wans: ReadonlySet<string | undefined>,
): LinkReading[] {
  const shown = safe(name, 30);
  const said = values.get('mtu-override')?.value === 'enable' ? values.get('mtu') : undefined;
  const pppoe = values.get('mode')?.value === 'pppoe';
  const mtu = mtuOf(said?.value) ?? (pppoe ? 1492 : wans.has(name) ? 1500 : null);
  if (mtu === null) return [];
  if (!tunnels.has(name))
    return wans.has(name) || pppoe
      ? [linkDraft({ name, role: 'link', mtu, line: said?.line ?? line, defaultRoute: wans.has(name) })]
      : [];
  return [
    linkDraft({
      name,
      role: 'tunnel',
      mtu,
      line: said?.line ?? line,
      owner: shown,
      setMtu: (value) => `config system interface / edit "${shown}" / set mtu-override enable / set mtu ${value}`,
    }),
  ];
}

function clampOf({ name, values }: Entry, tunnels: ReadonlySet<string>): ClampReading[] {
  const said = values.get('tcp-mss');
  const mss = mtuOf(said?.value);
  return said && mss !== null && tunnels.has(name)
    ? [{ mss, line: said.line, owner: safe(name, 30), setting: 'set tcp-mss ' }]
    : [];
}
