import { expect, test } from 'vitest';
import { importPaste } from '../../src/device/import-paste.js';
import { catalogue } from '../../src/io/catalogue.js';

/** Get-NetIPsecQuickModeSA: the properties of MSFT_NetQuickModeSA. */
const sa = (cipher: string, hash: string, mode = 'Tunnel'): string =>
  `LocalEndpoint           : 192.0.2.1\nEncapsulationMode       : ${mode}\nFirstIntegrityAlgorithm : ${hash}\nFirstCipherAlgorithm    : ${cipher}\nSecondCipherAlgorithm   : None\n`;
const mtu = (text: string): unknown => {
  const value = importPaste(text, catalogue, { from: 'paste', overrides: { natT: false } });
  return 'tunnelMtu' in value ? value.tunnelMtu : null;
};
test.for([
  ['Tunnel', 1438],
  ['2', 1438],
  ['Transport', 1458],
  ['3', 1458],
] as const)('EncapsulationMode %s', ([mode, fits]) => expect(mtu(sa('AES256', 'SHA256', mode))).toBe(fits));
test('the second transform is no SA of its own', () => {
  const value = importPaste(sa('AESGCM256', 'AESGMAC256'), catalogue, { from: 'paste', overrides: { natT: false } });
  expect('rows' in value && value.rows.length).toBe(1);
});
