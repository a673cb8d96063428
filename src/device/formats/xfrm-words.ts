import { type Association, blankAssociation, type Draft, familyOf, type Paste } from '../reading.js';
import { safe, safeAddress } from '../secret.js';

export interface Word {
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

/** First words of lines that belong to a state beside its fields. */
const INNER = new Set('limit: expire add use sport dport addr replay_window bits) type'.split(' '));

/** True at the first word of a line that no state has: a prompt, another command's output, a mail's text. */
export function beginsOtherText(words: readonly Word[], at: number): boolean {
  const { text, line } = words[at] as Word;
  if (words[at - 1]?.line === line) return false;
  return (
    !(FIELDS.has(text) || FLAGS.has(text) || INNER.has(text) || /^[\d(<]|^[0-9a-f]{8,}$|^0x/i.test(text)) ||
    /^\d+:$/.test(text)
  );
}

/** What `ip xfrm monitor` puts before a state (iproute2, ip/xfrm_monitor.c). */
export type Event = 'Deleted' | 'Updated' | 'Expired';

export interface State {
  readonly draft: Draft<Association>;
  /** What `ip xfrm monitor` says became of it. */
  event: Event | null;
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

export interface Policy {
  /** Addresses of the selector without their prefix lengths. */
  readonly ends: readonly string[];
  readonly selector: string[];
  readonly line: number;
  readonly templates: string[];
}

export const toWords = ({ lines }: Paste): Word[] =>
  lines.flatMap(({ text, number }) =>
    text
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => ({ text: word, line: number })),
  );

export function beginState(source: string, destination: string, line: number): State {
  const draft: Draft<Association> = blankAssociation(line);
  draft.source = safeAddress(source);
  draft.destination = safeAddress(destination);
  draft.outer = familyOf(source) ?? familyOf(destination);
  return {
    draft,
    event: null,
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
export function readTemplate(words: readonly Word[], at: number, policy: Policy): number {
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

export function readField(words: readonly Word[], at: number, state: State): number {
  const { draft } = state;
  const text = words[at]?.text ?? '';
  const next = words[at + 1]?.text ?? '';
  switch (text) {
    case 'proto':
      if (state.selecting) state.selector.push(next);
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
      draft.ifId = /^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i.test(next) ? next : null;
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
