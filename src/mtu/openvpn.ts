import { MtucalcError } from '../error.js';
import type { IntegRow } from './catalogue.js';
import { floorTo, type Layer, type Part } from './layer.js';
import { IP_HEADER, TCP_HEADER } from './mss.js';
import type { Suite } from './suite.js';

/** Opcode and peer id, OpenVPN wire protocol §7 (P_DATA_V2); octets. */
const OPCODE = 4;
/** Packet id of TLS mode, OpenVPN src/openvpn/mtu.c (calc_packet_id_size_dc). */
const PACKET_ID = 4;
/** CBC adds one octet of padding at least, OpenVPN src/openvpn/mss.c (adjust_payload_max_cbc). */
const LEAST_PADDING = 1;
/** Length before each packet on TCP, OpenVPN src/openvpn/mtu.c. */
const TCP_LENGTH = 2;
/** RFC 768. */
const UDP_HEADER = 8;
/** What OpenVPN takes where no --auth is given, OpenVPN reference manual, --auth. */
export const OPENVPN_INTEG = 'sha1-96';

/**
 * AEADs of the data channel, OpenVPN reference manual, --data-ciphers; each with the 16-octet tag its header row
 * counts.
 */
const aeads = new Set(['aes-gcm-16', 'chacha20-poly1305']);

/** OpenVPN sends the whole HMAC; ESP's rows hold it as truncated there. */
export const hmacName = ({ name }: IntegRow): string => name.replace(/-\d+$/, '');

/** True where the fixed header of an AEAD applies; false for CBC and no encryption, whose HMAC and padding follow. */
export function isOpenvpnAead({ encr, ah }: Suite): boolean {
  if (ah || !encr) throw new MtucalcError('impossible', 'AH is IPsec; OpenVPN has none', 'leave --ah out');
  if (encr.kind === 'aead' && aeads.has(encr.id)) return true;
  if (encr.id.endsWith('-cbc') || encr.id === 'null') return false;
  throw new MtucalcError(
    'impossible',
    `OpenVPN has no ${encr.name} in its data channel`,
    'aes256gcm16, chacha20poly1305, or a CBC cipher with its HMAC such as aes256-sha256',
  );
}

/**
 * The option of OpenVPN's own clamp that gives the MSS computed here: exact since 2.6, which counts as this does.
 * OpenVPN reference manual, --mssfix: with `mtu` the whole IP packet, without it the payload of UDP or TCP.
 */
export function mssfixOf(
  linkMtu: number,
  { family, over }: { readonly family: 4 | 6; readonly over: 'udp' | 'tcp' },
): string {
  const payload = linkMtu - IP_HEADER[family] - (over === 'udp' ? UDP_HEADER : TCP_HEADER);
  return `OpenVPN clamps by itself: mssfix ${linkMtu} mtu (2.6 and later) gives exactly this MSS; before 2.6 mssfix ${payload} says the same link in octets of ${over.toUpperCase()} payload`;
}

/** `AES-CBC-256 with HMAC-SHA2-256`, the HMAC at full length. */
export function openvpnName({ encr, integ, keyBits }: Suite): string {
  // Its AEADs have one tag length, so nobody names it.
  const cipher = `${encr?.name.replace(/-16$/, '') ?? ''}${keyBits ? `-${keyBits}` : ''}`;
  return encr?.kind === 'aead' ? cipher : `${cipher} with ${integ ? hmacName(integ) : 'no HMAC'}`;
}

/**
 * OpenVPN's data channel with a CBC cipher or none: opcode, HMAC, IV, then packet id, packet and padding to whole
 * blocks (PKCS#7: one octet at least). Without a cipher nothing is padded.
 * @throws MtucalcError for an integrity algorithm that is no HMAC.
 */
export function openvpnLayer(suite: Suite, over: 'udp' | 'tcp'): Layer {
  const { encr, integ } = suite;
  const hmac = integ === null || integ.icv === 0 ? 0 : integ.digest;
  if (!encr || hmac === undefined) {
    throw new MtucalcError('impossible', `OpenVPN has no ${integ?.name}`, 'sha1, sha256, sha384, sha512 or md5');
  }
  const framing = over === 'tcp' ? TCP_LENGTH : 0;
  const head = framing + OPCODE + hmac + encr.iv;
  const padded = encr.block > 1;
  const wholeBlocks = (octets: number): number => (padded ? floorTo(octets, encr.block) + encr.block : octets);
  const sealed = (inner: number): number => wholeBlocks(PACKET_ID + inner);
  return {
    name: `OpenVPN ${openvpnName(suite)}`,
    source: `OpenVPN wire protocol §7; OpenVPN src/openvpn/mss.c; ${encr.source}`,
    wrap: (inner) => head + sealed(inner),
    fit: (room) => (padded ? floorTo(room - head, encr.block) - LEAST_PADDING : room - head) - PACKET_ID,
    parts: (inner) => {
      const before: Part[] = [{ name: 'OpenVPN', octets: framing + OPCODE }];
      if (hmac > 0) before.push({ name: 'HMAC', octets: hmac });
      if (encr.iv > 0) before.push({ name: 'IV', octets: encr.iv });
      before.push({ name: 'id', octets: PACKET_ID });
      const padding = sealed(inner) - PACKET_ID - inner;
      return { before, after: padding > 0 ? [{ name: 'pad', octets: padding }] : [] };
    },
  };
}
