import type { Association, Draft } from '../reading.js';

/** `esp-256-aes esp-sha-hmac ,` · `esp-gcm 256 ,` · `esp-aes-256 esp-sha-hmac no compression` · `ah-sha-hmac`. */
export function transformInto(sa: Draft<Association>, text: string): void {
  const words = text
    .toLowerCase()
    .replace(/\bno compression\b|\bcomp-lzs\b/g, ' ')
    .split(/[\s,]+/)
    .filter((word) => /^(?:esp|ah)-[a-z0-9-]{2,30}$/.test(word) || /^(?:128|192|256)$/.test(word));
  const integ = words.find((word) => /^esp-(?:md5|sha|none|null)[a-z0-9-]*hmac$/.test(word));
  const ah = words.find((word) => word.startsWith('ah-'));
  const encr = words.find((word) => word.startsWith('esp-') && word !== integ);
  const bits = words.find((word) => /^\d+$/.test(word)) ?? /(?:128|192|256)/.exec(encr ?? '')?.[0];
  if (encr) {
    // ASA prints combined modes as esp-aes-gcm-256 with esp-null-hmac beside them.
    const asaGcm = /^esp-aes-(gcm|gmac)(?:-\d+)?$/.exec(encr);
    sa.encr = asaGcm ? `esp-${asaGcm[1]}` : encr;
    sa.keyBits = bits ? Number(bits) : /^esp-(?:aes|gcm|gmac)$/.test(encr) ? 128 : null;
    const aead = /gcm|gmac/.test(encr);
    sa.integ = aead ? null : integ === undefined ? 'none' : /none|null/.test(integ) ? 'none' : integ;
    if (ah && sa.protocol === 'esp') sa.ah = ah;
  }
  if (ah && sa.protocol === 'ah') sa.integ = ah;
}
