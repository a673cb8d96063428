/**
 * ESP suites as the kernel knows them. Key lengths in octets, salt included where the algorithm has one; `icv` in bits,
 * as given to `auth-trunc` or `aead`. Block and IV lengths stand nowhere here: they are what the lab finds out.
 */
const encryption: Readonly<Record<string, readonly [algorithm: string, key: number]>> = {
  'aes128-cbc': ['cbc(aes)', 16],
  'aes192-cbc': ['cbc(aes)', 24],
  'aes256-cbc': ['cbc(aes)', 32],
  '3des-cbc': ['cbc(des3_ede)', 24],
  'camellia256-cbc': ['cbc(camellia)', 32],
  'aes128-ctr': ['rfc3686(ctr(aes))', 20],
  null: ['ecb(cipher_null)', 0],
};

const aead: Readonly<Record<string, readonly [algorithm: string, key: number, icv: number]>> = {
  'aes128-gcm8': ['rfc4106(gcm(aes))', 20, 64],
  'aes128-gcm12': ['rfc4106(gcm(aes))', 20, 96],
  'aes128-gcm16': ['rfc4106(gcm(aes))', 20, 128],
  'aes256-gcm16': ['rfc4106(gcm(aes))', 36, 128],
  'aes256-ccm8': ['rfc4309(ccm(aes))', 35, 64],
  'aes128-ccm16': ['rfc4309(ccm(aes))', 19, 128],
  chacha20poly1305: ['rfc7539esp(chacha20,poly1305)', 36, 128],
  'aes128-gmac': ['rfc4543(gcm(aes))', 20, 128],
};

const integrity: Readonly<Record<string, readonly [algorithm: string, key: number, icv: number]>> = {
  'md5-96': ['hmac(md5)', 16, 96],
  'sha1-96': ['hmac(sha1)', 20, 96],
  'sha1-160': ['hmac(sha1)', 20, 160],
  'sha256-96': ['hmac(sha256)', 32, 96],
  'sha256-128': ['hmac(sha256)', 32, 128],
  'sha384-192': ['hmac(sha384)', 48, 192],
  'sha512-256': ['hmac(sha512)', 64, 256],
  'aes-xcbc-96': ['xcbc(aes)', 16, 96],
  'aes-cmac-96': ['cmac(aes)', 16, 96],
};

/** Every suite that the guest kernels have: each cipher with each integrity algorithm, and the AEADs. */
export const everySuite: readonly string[] = [
  ...Object.keys(encryption).flatMap((cipher) => Object.keys(integrity).map((integ) => `${cipher}/${integ}`)),
  ...Object.keys(aead),
];

const key = (octets: number): string => `0x${'ab'.repeat(octets)}`;

/** The algorithm words of `ip xfrm state add` for a suite such as `aes256-cbc/sha256-128`. */
export function xfrmAlgorithms(suite: string): string {
  const [cipher = '', integ] = suite.split('/');
  const whole = aead[cipher];
  if (whole && integ === undefined) return `aead ${whole[0]} ${key(whole[1])} ${whole[2]}`;
  const enc = encryption[cipher];
  const auth = integrity[integ ?? ''];
  if (!enc || !auth) throw new Error(`unknown suite ${suite}; known are ${everySuite.join(' ')}`);
  return `enc ${enc[0]} ${enc[1] ? key(enc[1]) : '""'} auth-trunc ${auth[0]} ${key(auth[1])} ${auth[2]}`;
}
