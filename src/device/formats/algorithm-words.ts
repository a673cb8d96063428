import type { Association } from '../reading.js';
import { safe } from '../secret.js';

const KEYS = ['128', '192', '256'];
/** Octets of the ICV of a combined mode, as octets or bits. */
const ICVS: Readonly<Record<string, number>> = { 8: 8, 12: 12, 16: 16, 64: 8, 96: 12, 128: 16 };

/** Integrity algorithms by family: the catalogue's name and its usual truncation (RFC 2403, 2404, 3566, 4494, 4868). */
const hashes: readonly (readonly [RegExp, string, number])[] = [
  [/md5/, 'md5', 96],
  [/sha2?[-_ ]?512/, 'sha512', 256],
  [/sha2?[-_ ]?384/, 'sha384', 192],
  [/sha2?[-_ ]?256/, 'sha256', 128],
  [/sha-?1?(?![0-9])|sha1/, 'sha1', 96],
  [/xcbc/, 'xcbc', 96],
  [/cmac/, 'cmac', 96],
];

type Words = Pick<Association, 'encr' | 'keyBits' | 'integ'>;

/**
 * Cipher and hash by the words of many boxes (`AES_CBC_256`, `aes256gcm128`, `esp-gcm 256`, `rijndael-cbc`,
 * `AES-GCM-16`), as the catalogue's names. A hash beside a combined mode is for keys only.
 */
export function suiteWords(cipher: string, hash: string | null, keyBits: number | null = null): Words {
  const text = cipher.toLowerCase().replace(/^esp[-:]/, '');
  const numbers = text.match(/\d+/g) ?? [];
  if (/chacha/.test(text)) return { encr: 'chacha20-poly1305', keyBits: null, integ: null };
  const bits = keyBits ?? keyOf(text, numbers);
  for (const mode of ['gcm', 'ccm'] as const) {
    if (!text.includes(mode)) continue;
    const behind = /(?:gcm|ccm)[-_ ]?(\d{1,3})(?!.*\d)|(?:gcm|ccm)[-_](\d{1,2})[-_]/.exec(text);
    const printed =
      behind?.[2] ?? (Number(behind?.[1]) === bits && !/\d(?:gcm|ccm)/.test(text) ? undefined : behind?.[1]);
    return { encr: `aes-${mode}-${ICVS[printed ?? '16'] ?? 16}`, keyBits: bits, integ: null };
  }
  if (/gmac/.test(text)) return { encr: 'aes-gmac', keyBits: bits, integ: null };
  return { encr: encrOf(text), keyBits: /aes|rijndael|camellia/.test(text) ? bits : null, integ: integOf(hash) };
}

function keyOf(text: string, numbers: readonly string[]): number | null {
  const beside = /(?:aes|rijndael|camellia)[-_ ]?(?:cbc|gcm|ctr|ccm)?[-_ ]?(128|192|256)/.exec(text)?.[1];
  const found = beside ?? numbers.filter((one) => KEYS.includes(one)).at(-1);
  return found === undefined ? null : Number(found);
}

function encrOf(text: string): string {
  if (/3des|des3|des-ede/.test(text)) return '3des-cbc';
  if (/ctr/.test(text)) return 'aes-ctr';
  if (/aes|rijndael/.test(text)) return 'aes-cbc';
  if (/camellia/.test(text)) return 'camellia-cbc';
  if (/null/.test(text)) return 'null';
  return /^des/.test(text) ? 'des-cbc' : safe(text, 30);
}

/** The truncation that is printed, or the usual one. Some print the whole digest (`_160`): what is sent is 96 bits. */
function integOf(hash: string | null): string | null {
  const text = hash?.toLowerCase() ?? '';
  if (text === '' || /^(?:none|null|no)$/.test(text)) return text === '' ? null : 'none';
  const found = hashes.find(([pattern]) => pattern.test(text));
  if (!found) return safe(text, 30);
  const [, family, usual] = found;
  const printed = /[-_](96|128|192|256)$/.exec(text)?.[1];
  const digest = /sha2?[-_]?(256|384|512)$/.test(text);
  return `${family}-${printed !== undefined && !digest ? printed : usual}`;
}
