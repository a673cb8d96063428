/**
 * strongSwan's `default` ESP proposals (libstrongswan proposal.c, 5.6 and later): combined modes, then AES-CBC with
 * each hash.
 */
const STRONGSWAN_DEFAULT = [
  'aes128gcm16',
  'aes256-sha256',
  'aes256-sha384',
  'aes256-sha512',
  'aes256-sha1',
  'aes256-aesxcbc',
];

const AEAD = /(?:gcm|ccm|chacha20poly1305|gmac)/;
const INTEG = /^(?:md5|sha|aesxcbc|aescmac|xcbc|cmac)/;

export interface ProposalList {
  /** One strongSwan proposal each; `default` written out. */
  readonly proposals: readonly string[];
  readonly remarks: readonly string[];
}

/**
 * A list of strongSwan or libreswan ESP proposals. An integrity algorithm beside combined modes only is dropped with a
 * remark: charon and pluto do the same, and configurations in the wild have it.
 */
export function readProposals(list: string): ProposalList {
  const remarks: string[] = [];
  const proposals: string[] = [];
  const words = list
    .replace(/^"|"$/g, '')
    .replace(/!\s*$/, '')
    .split(/[,\s]+/)
    .filter(Boolean)
    .slice(0, 50);
  for (const word of words) {
    if (word === 'default') {
      proposals.push(...STRONGSWAN_DEFAULT);
      remarks.push('`default` offers AES-GCM-16 and AES-CBC with SHA2-256, SHA2-384, SHA2-512, SHA1 and XCBC');
      continue;
    }
    // libreswan separates algorithms by ; and _ as well, and the PFS group by ;
    const parts = word.toLowerCase().replace(/;.*$/, '').split('-').filter(Boolean);
    const ciphers = parts.filter((part) => !INTEG.test(part));
    const allAead =
      ciphers.length > 0 &&
      ciphers
        .filter((part) => /^(?:aes|camellia|chacha|3des|des|null|blowfish|cast|serpent|twofish)/.test(part))
        .every((part) => AEAD.test(part));
    const kept = allAead && ciphers.some((part) => AEAD.test(part)) ? parts.filter((part) => !INTEG.test(part)) : parts;
    if (kept.length < parts.length)
      remarks.push('an integrity algorithm beside a combined mode has no effect and was left aside');
    proposals.push(kept.join('-'));
  }
  return { proposals, remarks };
}
