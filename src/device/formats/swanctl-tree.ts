import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { payloadOf } from './traffic-selector.js';
import { readTree, type Section, walk } from './vici-tree.js';

/** `swanctl --list-sas --raw` and `--pretty`: one tree in two layouts. */
export const swanctlTree: DeviceFormat = {
  id: 'swanctl-raw',
  title: 'swanctl --list-sas --raw or --pretty (strongSwan)',
  manual: 'swanctl(8), vici list-sa event',
  recognise: ({ lines }) => {
    let places = 0;
    for (const { text } of lines) {
      if (/\blist-sas? (?:event|reply) \{/.test(text)) places += 2;
      if (/\bencr-alg\s*=\s*\S/.test(text) || /\bchild-sas\s*\{/.test(text)) places++;
    }
    return places;
  },
  parse: ({ long }) => {
    const associations: Association[] = [];
    const understood: Understood[] = [];
    for (const [section, around] of walk(readTree(long, { comments: false }))) {
      if (!isChild(section)) continue;
      const ike = around.find(({ values }) => values.has('local-host') || values.has('remote-host'));
      const child = toAssociation(section, ike);
      associations.push(child);
      understood.push({
        line: section.line,
        says: `CHILD_SA ${child.name}, ${child.mode ?? 'mode not printed'}${child.natT ? ', encap=yes' : ''}`,
      });
    }
    return { format: swanctlTree.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

const isChild = ({ values }: Section): boolean =>
  /^(ESP|AH)$/i.test(values.get('protocol') ?? '') || values.has('spi-in') || values.has('spi-out');

function toAssociation({ name, values, line }: Section, ike: Section | undefined): Association {
  const draft: Draft<Association> = blankAssociation(line);
  draft.name = safe(values.get('name') ?? name);
  draft.protocol = values.get('protocol')?.toUpperCase() === 'AH' ? 'ah' : 'esp';
  const mode = values.get('mode')?.toUpperCase();
  draft.mode = mode === 'TUNNEL' ? 'tunnel' : mode === 'TRANSPORT' || mode === 'BEET' ? 'transport' : null;
  // The port is no sign: charon floats to 4500 whether or not there is a NAT.
  draft.natT = values.get('encap') === 'yes';
  draft.spi = /^[0-9a-f]{1,8}$/i.exec(values.get('spi-out') ?? '')?.[0] ?? null;
  draft.source = safeAddress(ike?.values.get('local-host'));
  draft.destination = safeAddress(ike?.values.get('remote-host'));
  draft.outer = familyOf(draft.destination) ?? familyOf(draft.source);
  draft.payload = payloadOf(`${values.get('local-ts') ?? ''} ${values.get('remote-ts') ?? ''}`);
  const encr = values.get('encr-alg');
  const bits = Number(values.get('encr-keysize'));
  if (encr) {
    draft.encr = safe(encr, 60);
    draft.keyBits = Number.isInteger(bits) && bits > 0 ? bits : null;
  }
  const integ = values.get('integ-alg');
  draft.integ = integ ? safe(integ, 60) : null;
  const ifId = values.get('if-id-out') ?? values.get('if-id-in');
  draft.ifId = ifId && /^(?:0x)?[0-9a-f]{1,8}$/i.test(ifId) ? ifId : null;
  const flags: string[] = [];
  const state = values.get('state');
  if (state && state !== 'INSTALLED') flags.push(safe(state.toLowerCase(), 20));
  if (values.get('esn') === '1') flags.push('esn');
  draft.flags = flags;
  return draft;
}
