import type { CalcRequest } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { suiteOfParts } from '../mtu/suite-parts.js';
import type { Association } from './reading.js';

/** How an association is asked for in the calculator's words. */
export interface Transform {
  readonly request: Pick<CalcRequest, 'cipher' | 'ah' | 'impl'>;
  /** The catalogue, with an implementation more where the device says how it pads AH. */
  readonly catalogue: Catalogue;
}

/**
 * Octets of AH's alignment on IPv4 where Linux is not told `align4` (net/ipv4/ah4.c; RFC 4302 §3.3.3.2.1 asks for 4).
 */
const LINUX_AH = {
  id: 'linux-ah-without-align4',
  name: 'Linux AH without the align4 flag',
  says: 'AH is padded to 8 octets on IPv4 too',
  effects: [{ kind: 'ah-align', family: 4, align: 8 }],
  source: 'Linux net/ipv4/ah4.c',
  aliases: [],
} as const;

/**
 * Null where the transform is missing.
 * @throws MtucalcError where the catalogue does not have it.
 */
export function transformOf(association: Association, base: Catalogue): Transform | null {
  const { encr, integ, keyBits, icvOctets: icv, protocol } = association;
  // OpenVPN's octets depend on its cipher where that is CBC.
  if (protocol === 'none' && encr !== null) return { request: { cipher: encr }, catalogue: base };
  if (protocol === 'wireguard' || protocol === 'none') return { request: {}, catalogue: base };
  if (protocol === 'ah') {
    if (integ === null) return null;
    const cipher = suiteOfParts({ encr: null, integ: null, keyBits: null, icv, ah: integ }, base) ?? undefined;
    if (!association.flags.includes('align8')) return { request: { ah: true, cipher }, catalogue: base };
    const implementations = [...base.implementations, LINUX_AH];
    return { request: { ah: true, cipher, impl: LINUX_AH.id }, catalogue: { ...base, implementations } };
  }
  if (encr === null) return null;
  // A configured proposal that offers several suites stays the text it is; every other transform is one suite.
  const cipher = suiteOfParts({ encr, integ, keyBits, icv, ah: association.ah }, base) ?? encr;
  return { request: { cipher, ...(association.ah === null ? {} : { ah: true }) }, catalogue: base };
}
