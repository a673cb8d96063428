import { kernelEncr, kernelInteg } from './kernel-algorithms.js';
import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type Paste,
  type Understood,
} from './reading.js';
import { safe, safeAddress } from './secret.js';

interface Word {
  readonly text: string;
  readonly line: number;
}

/** Words that end a key: the next field of a state, as iproute2 prints it (ip/ipxfrm.c). */
const FIELDS = new Set(
  'src dst proto spi reqid mode dir replay-window seq flag auth auth-trunc enc aead comp encap anti-replay lifetime sel if_id mark output-mark crypto lastused coa stats: tfcpad extra_flag security tmpl seq-hi'.split(
    ' ',
  ),
);
const FLAGS = new Set(
  'noecn decap-dscp nopmtudisc wildrecv icmp af-unspec align4 esn dont-encap-dscp oseq-may-wrap'.split(' '),
);

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
          policy = { line, templates: [] };
          policies.push(policy);
          state = undefined;
        }
        i += 4;
      } else if (pair) {
        policy = undefined;
        state = beginState(pair[0] as string, pair[1] as string, line);
        states.push(state);
        i += 4;
      } else if (text === 'tmpl' && policy) {
        i = readTemplate(words, i, policy);
      } else if (state) {
        i = readField(words, i, state);
      } else i++;
    }
    return assemble(states, policies);
  },
};

interface State {
  readonly draft: Draft<Association>;
  material: number | null;
  encrName: string | null;
  icvBits: number | null;
  integName: string | null;
  integBits: number | null;
  aead: boolean;
  transform: string | null;
  selecting: boolean;
  selector: string[];
  readonly flags: string[];
  offload: string | null;
  /** Whether a field was seen that iproute2 prints after the place of `encap`. */
  complete: boolean;
}

interface Policy {
  readonly line: number;
  readonly templates: string[];
}

const toWords = ({ lines }: Paste): Word[] =>
  lines.flatMap(({ text, number }) =>
    text
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => ({ text: word, line: number })),
  );

function beginState(source: string, destination: string, line: number): State {
  const draft: Draft<Association> = blankAssociation(line);
  draft.source = safeAddress(source);
  draft.destination = safeAddress(destination);
  draft.outer = familyOf(source) ?? familyOf(destination);
  return {
    draft,
    material: null,
    encrName: null,
    icvBits: null,
    integName: null,
    integBits: null,
    aead: false,
    transform: null,
    selecting: false,
    selector: [],
    flags: [],
    offload: null,
    complete: false,
  };
}

/** Reads `tmpl src A dst B proto esp spi … mode tunnel` and returns the index after it. */
function readTemplate(words: readonly Word[], at: number, policy: Policy): number {
  let proto = '';
  let i = at + 1;
  for (; i < words.length; i++) {
    const text = words[i]?.text;
    if (text === 'proto') proto = words[i + 1]?.text ?? '';
    if (text === 'mode') {
      policy.templates.push(`${proto} ${words[i + 1]?.text ?? ''}`);
      return i + 2;
    }
    if (text === 'tmpl') return i;
  }
  return i;
}

function readField(words: readonly Word[], at: number, state: State): number {
  const { draft } = state;
  const text = words[at]?.text ?? '';
  const next = words[at + 1]?.text ?? '';
  switch (text) {
    case 'proto':
      if (state.selecting) state.selector.push(`proto ${next}`);
      else state.transform = next;
      return at + 2;
    case 'spi':
      draft.spi = /^0x[0-9a-f]{1,8}/i.exec(next)?.[0]?.toLowerCase() ?? null;
      return at + 2;
    case 'mode':
      if (next === 'tunnel' || next === 'transport') draft.mode = next;
      // The outer header stands in for the inner one, as in transport mode (draft-nikander-esp-beet-mode §5).
      else if (next === 'beet') draft.mode = 'transport';
      if (draft.mode !== next) state.flags.push(`mode ${safe(next, 20)}`);
      return at + 2;
    case 'dir':
      if (next === 'in' || next === 'out') draft.direction = next;
      return at + 2;
    case 'if_id':
      draft.ifId = /^(?:0x[0-9a-f]+|\d+)$/i.test(next) ? next : null;
      return at + 2;
    case 'encap':
      draft.natT = true;
      if (words[at + 2]?.text && words[at + 2]?.text !== 'espinudp')
        state.flags.push(`encap ${safe(words[at + 2]?.text ?? '', 20)}`);
      return at + 3;
    case 'crypto':
      return readOffload(words, at, state);
    case 'anti-replay':
    case 'seq-hi':
    case 'lifetime':
      state.complete = true;
      return at + 1;
    case 'sel':
      state.complete = true;
      state.selecting = true;
      return at + 1;
    case 'sport':
    case 'dport':
      if (state.selector.length > 0) state.selector.push(next);
      return at + 2;
    case 'enc':
    case 'aead':
    case 'auth':
    case 'auth-trunc':
      return readAlgorithm(words, at, text, state);
    default:
      if (FLAGS.has(text) && !state.flags.includes(text)) state.flags.push(text);
      return at + 1;
  }
}

/** `crypto offload parameters: dev eth2 dir out mode packet`: its `dir` and `mode` are not the SA's. */
function readOffload(words: readonly Word[], at: number, state: State): number {
  for (let i = at + 1; i < Math.min(words.length, at + 10); i++) {
    if (words[i]?.text !== 'mode') continue;
    state.offload = words[i + 1]?.text ?? null;
    return i + 2;
  }
  state.offload = 'crypto';
  return at + 3;
}

/**
 * `auth-trunc NAME 0xKEY [(N bits)] ICV`. The key is measured, never kept: its digits are counted over as many words
 * as it was wrapped into, and nothing but the count leaves this function.
 */
function readAlgorithm(words: readonly Word[], at: number, field: string, state: State): number {
  const name = words[at + 1]?.text ?? '';
  if (!/^[a-z0-9_,()-]{2,60}$/i.test(name) || /^0x|[0-9a-f]{16}/i.test(name)) return at + 1;
  let digits = 0;
  let countable = true;
  let printedBits: number | null = null;
  const numbers: number[] = [];
  let i = at + 2;
  for (; i < words.length && i < at + 40; i++) {
    const word = words[i]?.text ?? '';
    if (FIELDS.has(word)) break;
    if (/^\(\d{1,4}$/.test(word) && /^bits\)$/.test(words[i + 1]?.text ?? '')) {
      printedBits = Number(word.slice(1));
      i++;
    } else if (/^\d{2,3}$/.test(word) && Number(word) % 8 === 0 && i > at + 2) numbers.push(Number(word));
    else if (/^(?:0x)?[0-9a-f]+$/i.test(word)) digits += word.replace(/^0x/i, '').length;
    else countable = false;
  }
  const icv = field === 'enc' ? null : (numbers.at(-1) ?? null);
  const material = printedBits ?? (countable && digits > 0 ? digits * 4 : null);
  if (field === 'enc' || field === 'aead') {
    state.encrName = name;
    state.material = material;
    state.aead = field === 'aead';
    if (state.aead) state.icvBits = icv;
  } else {
    // With both forms printed the truncated one follows and decides.
    state.integName = name;
    state.integBits = icv ?? state.integBits;
  }
  return i;
}

function assemble(states: readonly State[], policies: readonly Policy[]) {
  const remarks = new Set<string>();
  const understood: Understood[] = [];
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
    if (state.selector.includes('proto udp') && state.selector.includes('1701')) draft.payload = 'l2tp';
    if (state.selector.includes('proto gre') || state.selector.includes('proto 47')) draft.payload = 'gre';
    if (state.selector.includes('proto ipip') || state.selector.includes('proto 4')) draft.payload = 'ipip';
    if (state.offload === 'packet') {
      remarks.add(
        'packet offload: the network card encrypts, and netfilter rules that match the policy may not see these packets',
      );
    }
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
