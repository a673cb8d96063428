import { linkOf, type Words, wordsOf } from '../../src/page/words.js';

/** Ciphers, links, NAT-T, outside: two hundred rows that any of them may tell apart. */
export function covering(): Words[] {
  const ciphers = [
    'aes256-sha256',
    'aes128-sha1',
    'aes256-sha512',
    'aes256gcm16',
    'aes128gcm8',
    'chacha20poly1305',
    '3des-md5',
    'aes256ctr-sha1',
    'null-sha256',
    'camellia256-sha384',
  ];
  return ciphers.flatMap((cipher) =>
    ['ethernet', 'pppoe', 'ds-lite', 'lte', 'gcp'].flatMap((wan) =>
      [{}, { 'nat-t': 'yes', outer: '6' }, { 'nat-t': 'no', 'link-mtu': '1400' }, { tunnel: 'gre-ipsec' }].map(
        (more): Words => {
          const { tunnel, ...rest } = more as Record<string, string>;
          return wordsOf(linkOf({ cipher, ...(tunnel ? { tunnel } : {}), ...rest, wan }));
        },
      ),
    ),
  );
}
