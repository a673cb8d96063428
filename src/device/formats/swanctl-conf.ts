import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { readProposals } from './proposals.js';
import { readTree, type Section, walk } from './vici-tree.js';

/** `swanctl.conf`: each child's `esp_proposals` or `ah_proposals`, `mode` and `encap`. */
export const swanctlConf: DeviceFormat = {
  id: 'swanctl-conf',
  title: 'swanctl.conf (strongSwan)',
  manual: 'swanctl.conf(5)',
  recognise: ({ lines }) => {
    let places = 0;
    for (const { text } of lines) {
      if (/^\s*(?:connections|children)\s*\{/.test(text) || /\b(?:esp|ah)_proposals\s*=/.test(text)) places++;
    }
    return places;
  },
  parse: ({ lines }) => {
    const associations: Association[] = [];
    const understood: Understood[] = [];
    const remarks = new Set<string>();
    for (const [section, around] of walk(readTree(lines, { comments: true }))) {
      const inChildren = around[0]?.name === 'children';
      const has = section.values.has('esp_proposals') || section.values.has('ah_proposals');
      if (!inChildren && !has) continue;
      if (/^(?:pass|drop)$/.test(section.values.get('mode') ?? '')) continue;
      const connection = inChildren ? around[1] : around[0];
      associations.push(...childProposals(section, connection, remarks));
      understood.push({
        line: section.line,
        says: `child ${safe(section.name)}: ${has ? 'proposals' : 'no proposals, so the default ones'}`,
      });
    }
    return { format: swanctlConf.id, associations, links: [], defaultDevices: [], remarks: [...remarks], understood };
  },
};

function childProposals(child: Section, connection: Section | undefined, remarks: Set<string>): Association[] {
  const { values } = child;
  const ah = values.get('ah_proposals');
  const list = readProposals(values.get('esp_proposals') ?? ah ?? 'default');
  for (const remark of list.remarks) remarks.add(`${safe(child.name)}: ${remark}`);
  const encap = connection?.values.get('encap');
  const mode = values.get('mode');
  const remote = firstAddress(connection?.values.get('remote_addrs'));
  const local = firstAddress(connection?.values.get('local_addrs'));
  if (encap !== 'yes')
    remarks.add('the configuration does not say whether NAT-T will be used (encap = yes forces it): both are shown');
  return list.proposals.map((proposal) => {
    const draft: Draft<Association> = blankAssociation(child.line);
    draft.kind = 'proposal';
    draft.name = safe([connection?.name, child.name].filter(Boolean).join('/'));
    draft.protocol = ah !== undefined && !values.has('esp_proposals') ? 'ah' : 'esp';
    if (draft.protocol === 'ah') draft.integ = safe(proposal);
    else draft.encr = safe(proposal);
    draft.mode = mode === 'transport' || mode === 'transport_proxy' || mode === 'beet' ? 'transport' : 'tunnel';
    draft.natT = encap === 'yes' ? true : null;
    draft.destination = remote;
    draft.source = local;
    draft.outer = familyOf(remote) ?? familyOf(local);
    draft.ifId = values.get('if_id_out') ?? connection?.values.get('if_id_out') ?? null;
    return draft;
  });
}

const firstAddress = (list: string | undefined): string | null => {
  for (const word of (list ?? '').split(/[,\s]+/)) if (familyOf(word) !== null) return safeAddress(word);
  return null;
};
