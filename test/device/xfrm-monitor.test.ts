import { describe, expect, test } from 'vitest';
import { importPaste } from '../../src/device/import-paste.js';
import { catalogue } from '../../src/io/catalogue.js';

/** `ip xfrm monitor`: an SA counts as it stands at the end. */
const state = (event: string, spi: string, cipher: 'cbc' | 'gcm', more = ''): string =>
  `${event}src 192.0.2.1 dst 198.51.100.7\n\tproto esp spi ${spi} reqid 1 mode tunnel\n\treplay-window 32 flag af-unspec\n${
    cipher === 'cbc'
      ? `\tauth-trunc hmac(sha256) 0x${'00'.repeat(32)} 128\n\tenc cbc(aes) 0x${'00'.repeat(32)}\n`
      : `\taead rfc4106(gcm(aes)) 0x${'00'.repeat(36)} 128\n`
  }${more}`;
const read = (text: string) => importPaste(text, catalogue, { from: 'paste', overrides: {} });
const mtu = (text: string): number | undefined => {
  const value = read(text);
  return 'tunnelMtu' in value ? value.tunnelMtu : undefined;
};
const GCM = 1446;
const CBC = 1438;

describe('an SA that went', () => {
  const gcm = state('', '0xc2', 'gcm');
  test('new ones count', () => expect(mtu(state('', '0xc1', 'cbc') + gcm)).toBe(CBC));
  test('a deleted one does not', () => expect(mtu(state('Deleted ', '0xc1', 'cbc') + gcm)).toBe(GCM));
  test('nor where it was new before', () =>
    expect(mtu(state('', '0xc1', 'cbc') + gcm + state('Deleted ', '0xc1', 'cbc'))).toBe(GCM));
  test('another SPI stays', () =>
    expect(mtu(state('', '0xc1', 'cbc') + gcm + state('Deleted ', '0xc9', 'cbc'))).toBe(CBC));
  test('added again it counts again', () =>
    expect(mtu(state('Deleted ', '0xc1', 'cbc') + gcm + state('', '0xc1', 'cbc'))).toBe(CBC));
  test('a hard limit ends it', () =>
    expect(mtu(state('', '0xc1', 'cbc') + gcm + state('Expired ', '0xc1', 'cbc', '\thard 1\n'))).toBe(GCM));
  test('a soft one does not', () =>
    expect(mtu(state('', '0xc1', 'cbc') + gcm + state('Expired ', '0xc1', 'cbc', '\thard 0\n'))).toBe(CBC));
  test('it is said', () =>
    expect(JSON.stringify(read(state('Deleted ', '0xc1', 'cbc') + gcm))).toContain('1 SA that was deleted'));
});
test('where all of them went, nothing is computed', () =>
  expect(() => read(state('Deleted ', '0xc1', 'cbc'))).toThrow());
