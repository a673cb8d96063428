import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type Line,
  type Paste,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { pairs } from './routeros-words.js';

/** RouterOS `/ip ipsec installed-sa print [detail]`, v2.9 to v7. */
export const routerosSa: DeviceFormat = {
  id: 'routeros-sa',
  title: 'RouterOS /ip ipsec installed-sa print [detail]',
  manual: 'https://help.mikrotik.com/docs/display/ROS/IPsec',
  recognise: ({ lines }) => {
    let places = 0;
    for (const { text } of lines) {
      if (/^\s*(?:\d+\s+)?(?:[A-Z]{1,5}\s+){0,4}spi=(?:0x)?[0-9a-f]+\s/i.test(text)) places++;
    }
    return places;
  },
  parse: (paste) => {
    const associations: Association[] = [];
    const understood: Understood[] = [];
    const remarks = new Set<string>();
    const mode = policyMode(paste);
    for (const record of records(paste)) {
      const values = pairs(record.text);
      if (!values.has('spi')) continue;
      const draft = toAssociation(values, record, mode);
      if (/^\s*\d+\s+[A-Z]*H/.test(record.text) && draft.encr !== null && !/gcm|chacha/i.test(draft.encr)) {
        remarks.add(
          'H (hw-aead) on an SA that is no combined mode: hardware offload has lost traffic in this state; that is no MTU fault',
        );
      }
      associations.push(draft);
      understood.push({
        line: record.number,
        says: `installed SA, ${draft.encr ?? 'cipher cut off'}${draft.natT ? ', port suffix (NAT-T)' : ''}`,
      });
    }
    if (associations.length > 0 && mode === null)
      remarks.add(
        'installed-sa does not print tunnel or transport (that is in /ip ipsec policy): tunnel mode is taken',
      );
    return { format: routerosSa.id, associations, links: [], defaultDevices: [], remarks: [...remarks], understood };
  },
};

/** A policy pasted along with the SAs says the mode. */
function policyMode({ lines }: Paste): 'tunnel' | 'transport' | null {
  let mode: 'tunnel' | 'transport' | null = null;
  for (const { text } of lines) {
    const said = /\btunnel=(yes|no)\b/.exec(text)?.[1];
    if (said === 'yes') return 'tunnel';
    if (said === 'no') mode = 'transport';
  }
  return mode;
}

/** A record begins with its number and flags; what follows without a number belongs to it, over any line break. */
function records({ lines }: Paste): Line[] {
  const found: Line[] = [];
  for (const { text, number } of lines) {
    if (/^\s*Flags:|^\s*[A-Z] - /.test(text) || /\bprint\b/.test(text)) continue;
    const begins = /^\s*\d+\s+(?:(?:[A-Z]{1,5}\s+){1,4}|[A-Z]{1,5}$|spi=)/.test(text);
    const last = found.at(-1);
    const stray = /^\s*(?:\/|add |set |#|\[)|^\s*\S+[@:]\S*[>#$]/.test(text);
    if (begins || !last || stray) found.push({ number, text });
    else if (last.text.length < 4000)
      found[found.length - 1] = { number: last.number, text: `${last.text} ${text.trim()}` };
  }
  return found;
}

function toAssociation(
  values: ReadonlyMap<string, string>,
  record: Line,
  mode: 'tunnel' | 'transport' | null,
): Draft<Association> {
  const draft: Draft<Association> = blankAssociation(record.number);
  draft.protocol = /^\s*\d+\s+[A-Z]*A[A-Z]*\s/.test(record.text) ? 'ah' : 'esp';
  const spi = /^(?:0x)?[0-9a-f]{1,8}$/i.exec(values.get('spi') ?? '')?.[0];
  draft.spi = spi ? spi.toLowerCase() : null;
  const direction = values.get('direction');
  draft.direction = direction === 'in' || direction === 'out' ? direction : null;
  const [source, sourcePort] = splitPort(values.get('src-address'));
  const [destination, destinationPort] = splitPort(values.get('dst-address'));
  draft.source = safeAddress(source);
  draft.destination = safeAddress(destination);
  draft.outer = familyOf(source) ?? familyOf(destination);
  // Ports are printed with the addresses of UDP-encapsulated SAs only; without any address nothing is said.
  draft.natT = sourcePort || destinationPort ? true : draft.outer === null ? null : false;
  const encr = values.get('enc-algorithm');
  const bits = Number(values.get('enc-key-size'));
  if (encr && !/^(?:none|null)$/.test(encr)) {
    draft.encr = safe(encr, 40);
    // GCM's size counts its 32 bits of salt (RFC 4106 §8.1): 160, 224 or 288.
    if (Number.isInteger(bits) && bits > 0) draft.keyBits = /gcm|ctr/.test(encr) && bits % 64 === 32 ? bits - 32 : bits;
  } else if (encr && draft.protocol === 'esp') draft.encr = 'null';
  const auth = values.get('auth-algorithm');
  const aead = /gcm|chacha/.test(encr ?? '');
  if (!aead && auth) draft.integ = /^(?:none|null)$/.test(auth) ? 'none' : safe(auth, 40);
  draft.mode = mode;
  const state = values.get('state');
  draft.flags = state && state !== 'mature' ? [safe(state, 20)] : [];
  return draft;
}

function splitPort(address: string | undefined): [string | undefined, boolean] {
  if (!address) return [undefined, false];
  const [, bracketed, plain, port] = /^(?:\[([0-9a-f:]+)\]|(\d+\.\d+\.\d+\.\d+))(?::(\d+))?$/i.exec(address) ?? [];
  return [bracketed ?? plain ?? address, port !== undefined];
}
