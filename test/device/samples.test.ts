import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importDevice } from '../../src/device/import.js';
import { MtucalcError } from '../../src/error.js';
import { catalogue } from '../../src/io/catalogue.js';

/** Genuine output collected beside the project; what must come out is taken from each sample's source note. */
const folder = fileURLToPath(new URL('../../../shared/samples', import.meta.url));

/** Tunnel MTU, NAT-T (null: open), mode, words of the suite, number of SAs or proposals, findings. */
type Row = readonly [
  mtu: number,
  natT: boolean | null,
  mode: 'tunnel' | 'transport',
  suite: string,
  count: number,
  findings?: readonly string[],
];

const agrees = ['device-mtu-agrees'] as const;
const profiles: Readonly<Record<string, Row>> = {
  'xfrm/01-s-aes128-sha256': [1438, false, 'tunnel', 'AES-CBC-128 with HMAC-SHA2-256-128', 1],
  'xfrm/02-netdev-transport-espinudp-ipcomp': [1422, true, 'tunnel', 'AES-CBC-128 with HMAC-SHA2-256-128', 1],
  'xfrm/03-ctf-transport-sha256-96': [1458, false, 'transport', 'HMAC-SHA2-256-96', 2],
  'xfrm/04-s-ucloud-sha1-aes128': [1438, false, 'tunnel', 'AES-CBC-128 with HMAC-SHA1-96', 1],
  'xfrm/05-sha1-aes256-pair': [1438, false, 'tunnel', 'AES-CBC-256 with HMAC-SHA1-96', 2],
  'xfrm/06-octeon-sha1-aes256': [1438, false, 'tunnel', 'AES-CBC-256 with HMAC-SHA1-96', 2],
  'xfrm/07-s-2015-vpnprof-sha1-aes256': [1438, false, 'tunnel', 'AES-CBC-256 with HMAC-SHA1-96', 1],
  'xfrm/08-ctf-natt-sha1-aes256': [1422, true, 'tunnel', 'AES-CBC-256 with HMAC-SHA1-96', 2],
  'xfrm/09-libreswan-aws-gcm256-esn-natt': [1438, true, 'tunnel', 'AES-GCM-16-256', 2],
  'xfrm/10-natt-translated-port-sha256-aes256': [1422, true, 'tunnel', 'AES-CBC-256 with HMAC-SHA2-256-128', 2],
  'xfrm/11-espinudp-gcm-icv96': [1442, true, 'tunnel', 'AES-GCM-12-128', 2],
  'xfrm/12-mlx5-packet-offload-esn': [1446, false, 'tunnel', 'AES-GCM-16-128', 1],
  'xfrm/13-iproute2-new-dir-in': [1450, false, 'tunnel', 'AES-GCM-12-128', 1],
  // UDP 8, L2TP 6 and PPP 4 inside, or 8 and 2: 1438 - 18.
  'xfrm/14-l2tp-3des-redacted': [1420, true, 'transport', '3DES-CBC with HMAC-SHA1-96', 2],
  'strongswan/default-aes256-sha256.sas': [1438, false, 'tunnel', 'AES-CBC-256 with HMAC-SHA2-256-128', 1],
  'strongswan/default-aes256-sha256.saspretty': [1438, false, 'tunnel', 'AES-CBC-256 with HMAC-SHA2-256-128', 1],
  'strongswan/default-aes256-sha256.sasraw': [1438, false, 'tunnel', 'AES-CBC-256 with HMAC-SHA2-256-128', 1],
  'strongswan/default-aes256-sha256.xfrm': [1438, false, 'tunnel', 'AES-CBC-256 with HMAC-SHA2-256-128', 2],
  'strongswan/default-aes256-sha256.xfrm-s': [1438, false, 'tunnel', 'AES-CBC-256 with HMAC-SHA2-256-128', 2],
  'strongswan/natt-forced-gcm256.sas': [1438, true, 'tunnel', 'AES-GCM-16-256', 1],
  'strongswan/natt-forced-gcm256.saspretty': [1438, true, 'tunnel', 'AES-GCM-16-256', 1],
  'strongswan/natt-forced-gcm256.sasraw': [1438, true, 'tunnel', 'AES-GCM-16-256', 1],
  'strongswan/natt-forced-gcm256.xfrm': [1438, true, 'tunnel', 'AES-GCM-16-256', 2],
  'strongswan/natt-forced-gcm256.xfrm-s': [1438, true, 'tunnel', 'AES-GCM-16-256', 2],
  'cisco/01-csr-gcp-natt-aes256-sha1': [1422, true, 'tunnel', 'AES-CBC-256 with HMAC-SHA1-96', 2, agrees],
  // GRE inside tunnel mode: 24 less than the printed 1438, which agrees.
  'cisco/02-gre-vti-aes128-sha1': [1414, false, 'tunnel', 'AES-CBC-128 with HMAC-SHA1-96', 1, agrees],
  'cisco/04-ios-old-transport-aes256-sha256': [1434, false, 'transport', 'AES-CBC-256 with HMAC-SHA2-256-128', 2],
  'cisco/05-ios-3des-sha1-crypto-map': [1446, false, 'tunnel', '3DES-CBC with HMAC-SHA1-96', 2],
  'cisco/06-iosv-gcm256-gre': [1422, false, 'tunnel', 'AES-GCM-16-256', 1, agrees],
  'cisco/07-dmvpn-transport-aes128-md5': [1434, false, 'transport', 'AES-CBC-128 with HMAC-MD5-96', 1, agrees],
  'cisco/09-iou-ipsec-profile-aes128-md5': [1414, false, 'tunnel', 'AES-CBC-128 with HMAC-MD5-96', 1, agrees],
  'cisco/10-dual-inbound-3des-sha256': [1446, false, 'tunnel', '3DES-CBC with HMAC-SHA2-256-128', 2, agrees],
  'cisco/11-vti-public-aes128-md5': [1414, false, 'tunnel', 'AES-CBC-128 with HMAC-MD5-96', 1, agrees],
  'routeros/01-installed-sa-v6-3des': [1446, false, 'tunnel', '3DES-CBC with HMAC-SHA1-96', 2],
  'routeros/02-installed-sa-forum-natt-hw': [1422, true, 'tunnel', 'AES-CBC-256 with HMAC-SHA2-256-128', 1],
  'routeros/03-installed-sa-v7-detail-aes256-sha256': [1438, false, 'tunnel', 'AES-CBC-256 with HMAC-SHA2-256-128', 2],
  'routeros/04-installed-sa-v7-hwaead-cbc-bug': [1422, null, 'tunnel', 'AES-CBC with HMAC-SHA2-256-128', 1],
  'routeros/05-installed-sa-v2.9-manual': [1446, false, 'tunnel', '3DES-CBC with HMAC-SHA1-96', 1],
  'routeros/06-export-gcm256-default-proposal': [1438, null, 'tunnel', 'AES-GCM-16-256', 1],
  'routeros/07-export-chr-terse-cbc': [1422, null, 'tunnel', 'AES-CBC-256 with HMAC-SHA2-256-128', 5],
  'routeros/08-export-hamwan-default-cbc128': [1422, null, 'tunnel', 'AES-CBC-128 with HMAC-SHA1-96', 1],
  'routeros/09-export-aws': [1438, false, 'tunnel', 'AES-CBC-128 with HMAC-SHA1-96', 1],
  'routeros/10-legacy-md5-twofish': [1438, false, 'tunnel', 'AES-CBC-128 with HMAC-MD5-96', 5],
  'routeros/11-only-3des': [1438, null, 'tunnel', '3DES-CBC with HMAC-SHA1-96', 1],
  'routeros/12-yandex-gcm128-empty-auth': [1438, null, 'tunnel', 'AES-GCM-16-128', 1],
};

/** What holds no transform, and words that the refusal must have. */
const incomplete: Readonly<Record<string, readonly string[]>> = {
  'cisco/03-demo-map-book': ['the cipher is missing', 'plaintext mtu 1422', 'path mtu 1500'],
  'cisco/08-ikev2-no-sa-then-sa': ['the cipher is missing', 'proxy pair without SA', 'plaintext mtu 1446'],
  'routeros/13-mangle-both-directions': ['new-mss 1360'],
  'routeros/14-mangle-wild-bug-in-in': ['the outgoing direction is never clamped'],
  'routeros/15-mangle-script-with-subnets': ['new-mss 1360'],
  'routeros/16-postrouting-clamp-and-clear-df': ['clamp-to-pmtu'],
  'strongswan/default-aes256-sha256.pol': ['14 policies'],
  'strongswan/natt-forced-gcm256.pol': ['14 policies'],
  'strongswan/default-aes256-sha256.routes': ['mtu 1400'],
  'strongswan/natt-forced-gcm256.routes': ['mtu 1400'],
  'strongswan/default-aes256-sha256.conns': ['the cipher is missing'],
  'strongswan/natt-forced-gcm256.conns': ['the cipher is missing'],
};

const present = existsSync(folder);
if (!present) console.warn(`device samples skipped: ${folder} is not there`);
const read = (name: string): string => readFileSync(`${folder}/${name}.txt`, 'utf8');

describe.skipIf(!present)('genuine device output', () => {
  test.for(Object.entries(profiles))('%s', ([name, [mtu, natT, mode, suite, count, findings = []]]) => {
    const { value } = importDevice(read(name), catalogue, { from: name, overrides: {} });
    const row = value.rows[value.limiting];
    expect([value.tunnelMtu, value.mss.ipv4, row?.natT, row?.mode]).toEqual([mtu, mtu - 40, natT, mode]);
    expect(row?.suite).toContain(suite);
    expect(value.rows.reduce((sum, one) => sum + one.count, 0)).toBe(count);
    expect(value.findings.map(({ code }) => code)).toEqual(findings);
    expect(value.linkMtu).toBe(1500);
  });

  test.for(Object.entries(incomplete))('%s holds no profile', ([name, words]) => {
    let refused: unknown;
    try {
      importDevice(read(name), catalogue, { from: name, overrides: {} });
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(MtucalcError);
    for (const word of words) expect((refused as MtucalcError).message).toContain(word);
    expect((refused as MtucalcError).hint).toBeTruthy();
  });

  test('what is missing can be given on the command line', () => {
    const given = { cipher: 'aes256-sha1', natT: true };
    const { value } = importDevice(read('cisco/03-demo-map-book'), catalogue, { from: 'notes', overrides: given });
    expect(value.tunnelMtu).toBe(1422);
    expect(value.findings.map(({ code }) => code)).toEqual(agrees);
  });

  test('no sample is left out', () => {
    const all = ['xfrm', 'strongswan', 'cisco', 'routeros'].flatMap((kind) =>
      readdirSync(`${folder}/${kind}`)
        .filter((name) => name.endsWith('.txt'))
        .map((name) => `${kind}/${name.slice(0, -4)}`),
    );
    expect(all.filter((name) => !(name in profiles) && !(name in incomplete))).toEqual([]);
  });
});
