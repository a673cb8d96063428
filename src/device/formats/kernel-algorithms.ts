import { wordTable } from '../../word-table.js';

/** Names the Linux kernel prints for ESP and AH algorithms, and what they are in the catalogue. */

interface KernelCipher {
  /** Catalogue id; for combined modes the ICV octets follow a hyphen. */
  readonly id: string;
  readonly aead?: true;
  /**
   * Octets of salt at the end of the key material; never sent (RFC 4106 §8.1, RFC 4309 §7.1, RFC 3686 §5.1, RFC 7634
   * §2).
   */
  readonly salt?: number;
}

const ciphers: Readonly<Record<string, KernelCipher>> = wordTable({
  'cbc(aes)': { id: 'aes-cbc' },
  aes: { id: 'aes-cbc' },
  'cbc(des3_ede)': { id: '3des-cbc' },
  des3_ede: { id: '3des-cbc' },
  'cbc(des)': { id: 'des-cbc' },
  des: { id: 'des-cbc' },
  'cbc(camellia)': { id: 'camellia-cbc' },
  camellia: { id: 'camellia-cbc' },
  'cbc(serpent)': { id: 'serpent-cbc' },
  serpent: { id: 'serpent-cbc' },
  'cbc(twofish)': { id: 'twofish-cbc' },
  twofish: { id: 'twofish-cbc' },
  'cbc(blowfish)': { id: 'blowfish-cbc' },
  blowfish: { id: 'blowfish-cbc' },
  'cbc(cast5)': { id: 'cast-cbc' },
  cast5: { id: 'cast-cbc' },
  'rfc3686(ctr(aes))': { id: 'aes-ctr', salt: 4 },
  'ecb(cipher_null)': { id: 'null' },
  cipher_null: { id: 'null' },
  'rfc4106(gcm(aes))': { id: 'aes-gcm', aead: true, salt: 4 },
  'rfc4309(ccm(aes))': { id: 'aes-ccm', aead: true, salt: 3 },
  'rfc4543(gcm(aes))': { id: 'aes-gmac', aead: true, salt: 4 },
  'rfc7539esp(chacha20,poly1305)': { id: 'chacha20-poly1305', aead: true, salt: 4 },
});

interface KernelHash {
  /** Catalogue id without its truncation. */
  readonly family: string;
  /** Truncation of the bare algorithm, bits (Linux net/xfrm/xfrm_algo.c, icv_truncbits). */
  readonly bits: number;
}

const hashes: Readonly<Record<string, KernelHash>> = wordTable({
  'hmac(md5)': { family: 'md5', bits: 96 },
  md5: { family: 'md5', bits: 96 },
  'hmac(sha1)': { family: 'sha1', bits: 96 },
  sha1: { family: 'sha1', bits: 96 },
  'hmac(sha256)': { family: 'sha256', bits: 96 },
  sha256: { family: 'sha256', bits: 96 },
  'hmac(sha384)': { family: 'sha384', bits: 192 },
  'hmac(sha512)': { family: 'sha512', bits: 256 },
  'hmac(rmd160)': { family: 'ripemd160', bits: 96 },
  'xcbc(aes)': { family: 'xcbc', bits: 96 },
  'cmac(aes)': { family: 'cmac', bits: 96 },
});

export interface KernelEncr {
  readonly encr: string;
  readonly keyBits: number | null;
  readonly icvOctets: number | null;
}

/** `enc` and `aead` lines: name, key material in bits (salt included) and ICV in bits as printed, null where hidden. */
export function kernelEncr(name: string, materialBits: number | null, icvBits: number | null): KernelEncr {
  const known = ciphers[name.toLowerCase()];
  const salt = (known?.salt ?? 0) * 8;
  const keyBits = materialBits !== null && materialBits > salt ? materialBits - salt : null;
  const icvOctets = known?.aead && icvBits !== null ? icvBits / 8 : null;
  const sized = known?.aead && (known.id === 'aes-gcm' || known.id === 'aes-ccm');
  const encr = known ? (sized ? `${known.id}-${icvOctets ?? 16}` : known.id) : name;
  return { encr, keyBits, icvOctets };
}

export interface KernelInteg {
  readonly integ: string;
  readonly icvOctets: number | null;
  /** True where the truncation was not printed and the kernel's default stands in. */
  readonly assumed: boolean;
}

/** `auth` and `auth-trunc` lines. Null for digest_null, which protects nothing. */
export function kernelInteg(name: string, icvBits: number | null): KernelInteg | null {
  const lower = name.toLowerCase();
  if (lower === 'digest_null') return null;
  const known = hashes[lower];
  if (!known) return { integ: name, icvOctets: icvBits === null ? null : icvBits / 8, assumed: false };
  const bits = icvBits ?? known.bits;
  return { integ: `${known.family}-${bits}`, icvOctets: bits / 8, assumed: icvBits === null };
}
