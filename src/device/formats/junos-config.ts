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
import { suiteWords } from './algorithm-words.js';
import { linkDraft, mtuOf } from './link-draft.js';
import { behind, statementsOf } from './set-tree.js';

/** Junos configuration, `set` commands or braces: IPsec proposals, st0, tcp-mss. */
export const junosConfig: DeviceFormat = {
  id: 'junos-config',
  title: 'Junos configuration (security ipsec, st0)',
  manual: 'Junos CLI reference, security ipsec proposal',
  recognise: (paste) =>
    statementsOf(paste).filter((one) => behind(one, 'security ipsec') ?? behind(one, 'security flow tcp-mss')).length,
  parse: (paste) => {
    const statements = statementsOf(paste);
    const understood: Understood[] = [];
    const proposals = new Map<string, { cipher: string; hash: string | null; protocol: string; line: number }>();
    const links: LinkReading[] = [];
    const clamps: ClampReading[] = [];
    let gateway: string | null = null;
    let bound: string | null = null;
    for (const one of statements) {
      const { line } = one;
      const proposal = behind(one, 'security ipsec proposal *');
      if (proposal) {
        const name = proposal.stars[0] as string;
        const held = proposals.get(name) ?? { cipher: '', hash: null, protocol: 'esp', line };
        const [key, value = ''] = proposal.rest;
        if (key === 'encryption-algorithm') held.cipher = value;
        if (key === 'authentication-algorithm') held.hash = value;
        if (key === 'protocol') held.protocol = value;
        proposals.set(name, held);
      }
      gateway ??= safeAddress(behind(one, 'security ike gateway * address')?.rest[0]);
      bound ??= behind(one, 'security ipsec vpn * bind-interface')?.rest[0] ?? null;
      const mss = behind(one, 'security flow tcp-mss *');
      const value = mss?.rest[0] === 'mss' ? mtuOf(mss.rest[1]) : null;
      if (value !== null && /^(?:ipsec-vpn|all-tcp)$/.test(mss?.stars[0] ?? ''))
        clamps.push({ mss: value, line, owner: null, setting: `set security flow tcp-mss ${mss?.stars[0]} mss ` });
      const unit = behind(one, 'interfaces * unit * family *');
      const mtu = unit?.rest[0] === 'mtu' ? mtuOf(unit.rest[1]) : null;
      if (mtu !== null && unit) {
        const name = `${unit.stars[0]}.${unit.stars[1]}`;
        const tunnel = /^(?:st0|gr-|ip-)/.test(name);
        const shown = safe(name, 30);
        understood.push({ line, says: `interface ${shown}, MTU ${mtu}` });
        links.push(
          linkDraft({
            name,
            role: tunnel ? 'tunnel' : 'link',
            mtu,
            line,
            ...(tunnel ? { setMtu: setMtu(shown, unit.stars[2] ?? 'inet') } : {}),
          }),
        );
      }
    }
    const associations = [...proposals].flatMap(([name, { cipher, hash, protocol, line }]): Association[] => {
      if (cipher === '' && hash === null) return [];
      const draft: Draft<Association> = blankAssociation(line);
      Object.assign(draft, suiteWords(cipher, hash), {
        kind: 'proposal',
        name: safe(name, 40),
        mode: 'tunnel',
        destination: gateway,
        outer: familyOf(gateway),
      });
      if (protocol === 'ah') draft.protocol = 'ah';
      understood.push({ line, says: `proposal ${draft.name}${bound ? `, bound to ${safe(bound, 20)}` : ''}` });
      return [draft];
    });
    return { format: junosConfig.id, associations, links, defaultDevices: [], remarks: [], understood, clamps };
  },
};

const setMtu =
  (name: string, family: string) =>
  (mtu: number): string => {
    const [device = name, unit = '0'] = name.split('.');
    return `set interfaces ${device} unit ${unit} family ${safe(family, 8)} mtu ${mtu}`;
  };
