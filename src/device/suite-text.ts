import type { CalcRequest } from '../mtu/calculation.js';
import type { Catalogue, IntegRow } from '../mtu/catalogue.js';
import { parseSuites } from '../mtu/suite.js';
import type { Association } from './reading.js';

/** How an association is asked for in the calculator's words. */
export interface SuiteRequest {
  readonly request: Pick<CalcRequest, 'cipher' | 'auth' | 'ah' | 'impl'>;
  /** The catalogue, with a row more where the device prints an ICV length that no row has. */
  readonly catalogue: Catalogue;
}

/** Octets of AH's alignment on IPv4 where Linux is not told `align4` (net/ipv4/ah4.c; RFC 4302 §3.3.3.2.1 asks for 4). */
const LINUX_AH = {
  id: 'linux-ah-without-align4',
  name: 'Linux AH without the align4 flag',
  says: 'AH is padded to 8 octets on IPv4 too',
  effects: [{ kind: 'ah-align', family: 4, align: 8 }],
  source: 'Linux net/ipv4/ah4.c',
  aliases: [],
} as const;

/** Null where the transform is missing. */
export function suiteRequest(association: Association, base: Catalogue): SuiteRequest | null {
  const { encr, integ, protocol } = association;
  if (protocol === 'wireguard') return { request: {}, catalogue: base };
  if (protocol === 'ah') {
    if (integ === null) return null;
    const { name, catalogue } = sized(integ, association.icvOctets, base);
    if (!association.flags.includes('align8')) return { request: { ah: true, auth: name }, catalogue };
    const implementations = [...catalogue.implementations, LINUX_AH];
    return { request: { ah: true, auth: name, impl: LINUX_AH.id }, catalogue: { ...catalogue, implementations } };
  }
  if (encr === null) return null;
  const outer = association.ah === null ? {} : { ah: true, auth: association.ah };
  if (integ === null) return { request: { cipher: withKey(association, encr, base), ...outer }, catalogue: base };
  const { name, catalogue } = sized(integ, association.icvOctets, base);
  return { request: { cipher: `${withKey(association, encr, base)} ${name}`, ...outer }, catalogue };
}

const names = new WeakMap<Catalogue, Map<string, string>>();

/** The key size belongs to the name that people know; where the catalogue has no such name it stays away. */
function withKey({ keyBits }: Association, encr: string, catalogue: Catalogue): string {
  if (keyBits === null || keyBits < 56 || /\d{3}|des/i.test(encr)) return encr;
  const longer = `${encr}-${keyBits}`;
  const known = names.get(catalogue) ?? new Map<string, string>();
  names.set(catalogue, known);
  const name = known.get(longer) ?? (isKnown(longer, catalogue) ? longer : encr);
  known.set(longer, name);
  return name;
}

function isKnown(name: string, catalogue: Catalogue): boolean {
  for (const text of [`${name} none`, name]) {
    try {
      parseSuites(text, catalogue);
      return true;
    } catch {
      // Refused with an integrity algorithm beside it, or not a name at all.
    }
  }
  return false;
}

/**
 * The printed truncation decides over the algorithm's name: `hmac(sha512)` cut to 128 bits is a row of its own, made
 * from its family's row where the catalogue has none.
 */
function sized(integ: string, icvOctets: number | null, catalogue: Catalogue): { name: string; catalogue: Catalogue } {
  if (icvOctets === null) return { name: integ, catalogue };
  const family = /^([a-z0-9]+?)-(\d{2,3})$/.exec(integ)?.[1];
  if (family === undefined) return { name: integ, catalogue };
  const id = `${family}-${icvOctets * 8}`;
  const kin = catalogue.integ.filter((row) => row.id.startsWith(`${family}-`));
  const same = kin.find(({ icv }) => icv === icvOctets);
  if (same) return { name: same.id, catalogue };
  const model = kin[0];
  if (!model) return { name: integ, catalogue };
  const row: IntegRow = {
    ...model,
    id,
    name: `${model.name.replace(/-\d{2,3}$/, '')} cut to ${icvOctets * 8} bits`,
    icv: icvOctets,
    iana: null,
    aliases: [],
    source: 'RFC 4303 §2.8',
  };
  return { name: id, catalogue: { ...catalogue, integ: [...catalogue.integ, row] } };
}
