import type { Association, DeviceFormat, Draft, Payload, Understood } from '../reading.js';
import { safe } from '../secret.js';
import { kernelEncr, kernelInteg } from './kernel-algorithms.js';
import { payloadOfSelector } from './traffic-selector.js';
import { eventOf, living } from './xfrm-monitor.js';
import {
  beginState,
  beginsOtherText,
  type Policy,
  readField,
  readTemplate,
  type State,
  toWords,
  type Word,
} from './xfrm-words.js';

/** `ip [-s] [-d] xfrm state`, alone or with `ip xfrm policy`. Read by words: mail clients and terminals break lines. */
export const xfrmState: DeviceFormat = {
  id: 'xfrm-state',
  title: 'ip [-s] xfrm state (Linux)',
  manual: 'ip-xfrm(8)',
  recognise: ({ lines }) => {
    let places = 0;
    for (const { text } of lines) {
      if (
        /\bproto\s+(?:esp|ah)\s+spi\s+0x[0-9a-f]+/i.test(text) ||
        /^\s*(?:auth|auth-trunc|enc|aead)\s+[a-z0-9_]+\(\S+/.test(text)
      )
        places++;
    }
    return places;
  },
  parse: (paste) => {
    const words = toWords(paste);
    const states: State[] = [];
    const policies: Policy[] = [];
    let policy: Policy | undefined;
    let state: State | undefined;
    for (let i = 0; i < words.length; ) {
      const { text, line } = words[i] as Word;
      const pair =
        text === 'src' && words[i + 2]?.text === 'dst'
          ? [words[i + 1]?.text ?? '', words[i + 3]?.text ?? '']
          : undefined;
      if (pair?.[0]?.includes('/')) {
        if (!state?.selecting) {
          policy = { line, templates: [], selector: [], ends: pair.map((end) => end.replace(/\/\d+$/, '')) };
          policies.push(policy);
          state = undefined;
        }
        i += 4;
      } else if (pair) {
        policy = undefined;
        state = beginState(pair[0] as string, pair[1] as string, line);
        state.event = eventOf(words, i);
        states.push(state);
        i += 4;
      } else if (policy && policy.templates.length === 0 && /^(?:proto|sport|dport)$/.test(text)) {
        policy.selector.push(words[i + 1]?.text ?? '');
        i += 2;
      } else if (text === 'tmpl' && policy) {
        i = readTemplate(words, i, policy);
      } else if (state && beginsOtherText(words, i)) {
        state = undefined;
      } else if (state) {
        i = readField(words, i, state);
      } else i++;
    }
    return assemble(states, policies);
  },
};

function assemble(printed: readonly State[], policies: readonly Policy[]) {
  const remarks = new Set<string>();
  const understood: Understood[] = [];
  const { states, gone } = living(printed);
  if (gone > 0) {
    remarks.add(
      `${gone} ${gone === 1 ? 'SA that was' : 'SAs that were'} deleted while ip xfrm monitor ran ${gone === 1 ? 'is' : 'are'} not counted`,
    );
    understood.push({
      line: printed.find(({ event }) => event === 'Deleted')?.draft.line ?? 1,
      says: `${gone} deleted`,
    });
  }
  const associations: Association[] = [];
  for (const state of states) {
    const { draft, transform } = state;
    if (transform === null && state.encrName === null && state.integName === null) continue;
    if (transform === 'comp') {
      remarks.add(
        'an IPComp SA adds nothing at the limit: what does not compress is sent without its header (RFC 3173 §2.2)',
      );
      understood.push({ line: draft.line, says: 'IPComp SA' });
      continue;
    }
    draft.protocol = transform === 'ah' ? 'ah' : 'esp';
    if (draft.natT === null) {
      draft.natT = false;
      if (!state.complete)
        remarks.add('the state ends after its algorithms: no encap line was seen, so no NAT-T is counted');
    }
    if (state.encrName !== null) {
      const { encr, keyBits, icvOctets } = kernelEncr(state.encrName, state.material, state.icvBits);
      Object.assign(draft, { encr, keyBits, icvOctets });
      if (state.aead && state.icvBits === null)
        remarks.add('the ICV length of a combined mode is cut off; 128 bits taken');
    }
    if (state.integName !== null && !state.aead) {
      const integ = kernelInteg(state.integName, state.integBits);
      draft.integ = integ?.integ ?? 'none';
      draft.icvOctets = integ?.icvOctets ?? null;
      if (integ?.assumed)
        remarks.add(
          "the ICV length is not printed; the kernel's default for the bare algorithm is taken (96 bits for SHA2-256)",
        );
    } else if (draft.protocol === 'esp' && draft.encr !== null && !state.aead) draft.integ = 'none';
    draft.payload = payloadOfState(state, policies);
    const other = state.flags.find((flag) => flag.startsWith('mode ') && flag !== 'mode beet');
    if (other === 'mode iptfs') {
      remarks.add(
        'mode iptfs (RFC 9347) is computed as tunnel mode; where it may not fragment, its header takes 4 octets more',
      );
    } else if (other) remarks.add(`${other} is not known and computed as tunnel mode`);
    if (state.offload === 'packet') {
      remarks.add(
        'packet offload: the network card encrypts, and netfilter rules that match the policy may not see these packets',
      );
    }
    // Linux pads AH on IPv4 to 8 octets unless told otherwise; see suite-text.
    if (draft.protocol === 'ah' && draft.outer === 4 && !state.flags.includes('align4')) state.flags.push('align8');
    draft.flags = state.offload === null ? state.flags : [...state.flags, `offload ${safe(state.offload, 20)}`];
    associations.push(draft);
    const icv = draft.icvOctets === null ? '' : `, ICV ${draft.icvOctets * 8} bits`;
    understood.push({
      line: draft.line,
      says: `${draft.protocol.toUpperCase()} SA, mode ${draft.mode ?? 'not printed'}, ${draft.encr ?? 'no cipher'}${icv}${draft.natT ? ', espinudp' : ''}`,
    });
  }
  const compTunnel = policies.some(
    ({ templates }) => templates.includes('comp tunnel') && templates.includes('esp transport'),
  );
  if (compTunnel) {
    remarks.add(
      'the policy puts an IPComp tunnel into transport-mode ESP: on the wire this equals tunnel-mode ESP, and is counted so',
    );
    for (const association of associations as Draft<Association>[])
      if (association.mode === 'transport') association.mode = 'tunnel';
  }
  if (policies.length > 0) understood.push({ line: policies[0]?.line ?? 1, says: `${policies.length} policies` });
  return { format: xfrmState.id, associations, links: [], defaultDevices: [], remarks: [...remarks], understood };
}

/** What a transport-mode SA carries stands in its own selector or in the policy between the same addresses. */
function payloadOfState({ draft, selector }: State, policies: readonly Policy[]): Payload {
  const own = payloadOfSelector(selector[0] ?? '', selector.slice(1));
  if (own !== 'ip' || draft.mode !== 'transport') return own;
  for (const { ends, templates, selector: words } of policies) {
    if (!templates.includes('esp transport') || !ends.every((end) => end === draft.source || end === draft.destination))
      continue;
    const payload = payloadOfSelector(words[0] ?? '', words.slice(1));
    if (payload !== 'ip') return payload;
  }
  return 'ip';
}
