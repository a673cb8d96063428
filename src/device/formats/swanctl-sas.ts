import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type Paste,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { payloadOf } from './traffic-selector.js';

/** `swanctl --list-sas` as people see it. */
export const swanctlSas: DeviceFormat = {
  id: 'swanctl-sas',
  title: 'swanctl --list-sas (strongSwan)',
  manual: 'swanctl(8)',
  recognise: (paste) => {
    let places = 0;
    for (const { text } of paste.lines) if (IKE_LINE.test(text) || CHILD_START.test(text)) places++;
    return places;
  },
  parse: (paste) => {
    const associations: Association[] = [];
    const understood: Understood[] = [];
    let local: string | null = null;
    let remote: string | null = null;
    let child: Draft<Association> | undefined;
    for (const { text, number } of joined(paste)) {
      if (IKE_LINE.test(text)) {
        local = remote = null;
        child = undefined;
        understood.push({ line: number, says: `IKE_SA ${safe(/^\s*(\S+):/.exec(text)?.[1] ?? '')}` });
        continue;
      }
      const endpoint = /^\s*(local|remote)\s+.*@\s+(\S+?)\[\d+\]/.exec(text);
      if (endpoint) {
        if (endpoint[1] === 'local') local = safeAddress(endpoint[2]);
        else remote = safeAddress(endpoint[2]);
      }
      const match = CHILD.exec(text);
      if (match) {
        child = toAssociation(match, number, local, remote);
        associations.push(child);
        understood.push({
          line: number,
          says: `CHILD_SA ${child.name}, ${child.mode ?? 'mode not known'}${child.natT ? '-in-UDP' : ''}`,
        });
      } else if (child) readChildLine(text, child);
    }
    return { format: swanctlSas.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

const IKE_LINE = /^\s*\S{1,200}:\s+#\d+,\s+[A-Z]+,\s+IKEv[12]\b/;
const CHILD_START = /(?:^|\s)\S{1,200}:\s+#\d+,(?:\s+reqid\s+\d+,)?\s+[A-Z]+,\s+(?:TUNNEL|TRANSPORT|BEET)\b/;
const CHILD =
  /(?:^|\s)(\S{1,200}):\s+#\d+,(?:\s+reqid\s+\d+,)?\s+([A-Z]+),\s+(TUNNEL|TRANSPORT|BEET)(-in-UDP)?,?\s+(ESP|AH):(\S+)/;

/** A mail client may have broken the long CHILD_SA line; the next line is put behind it. */
function* joined({ lines }: Paste): Generator<{ text: string; number: number }> {
  for (let i = 0; i < lines.length; i++) {
    let { text, number } = lines[i] as { text: string; number: number };
    if (/:\s+#\d+,/.test(text) && !IKE_LINE.test(text)) {
      for (let more = 0; more < 2 && !CHILD.test(text) && i + 1 < lines.length; more++)
        text = `${text} ${lines[++i]?.text.trim()}`;
    }
    yield { text, number };
  }
}

function toAssociation(
  match: RegExpExecArray,
  line: number,
  local: string | null,
  remote: string | null,
): Draft<Association> {
  const [, name = '', state = '', mode, inUdp, protocol, suite = ''] = match;
  const draft: Draft<Association> = blankAssociation(line);
  draft.name = safe(name);
  draft.protocol = protocol === 'AH' ? 'ah' : 'esp';
  draft.mode = mode === 'TUNNEL' ? 'tunnel' : 'transport';
  draft.natT = inUdp !== undefined;
  draft.source = local;
  draft.destination = remote;
  draft.outer = familyOf(remote) ?? familyOf(local);
  const parts = suite.split('/');
  // ENCR[-bits]/INTEG[/PRF][/DH][/ESN]; combined modes have no INTEG, AH no ENCR.
  const integ = parts.find((part) => /^(?:HMAC_|AES_XCBC_|AES_CMAC_|AES_\d+_GMAC)/.test(part));
  draft.integ = integ ? safe(integ, 60) : null;
  if (draft.protocol === 'esp') {
    const [, encr = '', bits] = /^(.*?)(?:-(\d{3}))?$/.exec(parts[0] ?? '') ?? [];
    draft.encr = safe(encr, 60);
    draft.keyBits = bits ? Number(bits) : null;
  }
  draft.flags = [...(state === 'INSTALLED' ? [] : [state.toLowerCase()]), ...(parts.includes('ESN') ? ['esn'] : [])];
  return draft;
}

function readChildLine(text: string, child: Draft<Association>): void {
  const selectors = /^\s*(?:local|remote)\s+(?!.*@)(.*\[.*)$/.exec(text)?.[1];
  if (selectors && child.payload === 'ip') child.payload = payloadOf(selectors);
  const found = /^\s*(in|out)\s+([0-9a-f]{8})\b(?:[^(,]*\(([^)]*)\))?/.exec(text);
  if (!found) return;
  if (found[1] === 'out' || child.spi === null) child.spi = found[2] ?? null;
  const ifId = /(?:^|\|)(0x[0-9a-f]{1,8})/.exec(found[3] ?? '')?.[1];
  if (ifId) child.ifId = ifId;
}
