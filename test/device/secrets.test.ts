import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.js';
import { fakeTerminal } from '../terminal.js';

vi.setConfig({ testTimeout: 30_000 });

const folder = new URL('./fixtures/', import.meta.url);
const texts = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

/** Key material as it stands in a text: long hexadecimal or base64 runs, and what follows secret and password. */
function secretsOf(text: string): string[] {
  const runs = text.match(/[0-9a-f]{24,}|[A-Za-z0-9+/]{42,}=/gi) ?? [];
  const named = [...text.matchAll(/(?:secret|password|PSK)\s*=?\s*"?([^\s"]{8,})/g)].map((match) => match[1] as string);
  // Any part of a key is too much: its first 16 characters are looked for.
  return [...runs, ...named].map((secret) => secret.slice(0, 16));
}

async function everyOutput(text: string, name: string): Promise<string> {
  let all = '';
  for (const args of [
    [],
    ['--json'],
    ['--verbose'],
    ['--cipher', 'nonsense'],
    ['--from-format', 'wg-show'],
    ['--link-mtu', '40'],
  ]) {
    const terminal = fakeTerminal({ stdin: text });
    await main(['import', '-', ...args], terminal.terminal);
    all += terminal.stdout + terminal.stderr;
  }
  for (const format of [
    'xfrm-state',
    'routeros-export',
    'swanctl-conf',
    'ipsec-conf',
    'fortios-tunnel',
    'swanctl-raw',
    'routeros-sa',
    'cisco-sa',
  ]) {
    const terminal = fakeTerminal({ stdin: text });
    await main(['import', '-', '--from-format', format, '--json'], terminal.terminal);
    all += terminal.stdout + terminal.stderr;
  }
  expect(all, name).not.toBe('');
  return all;
}

test('no key of any fixture appears in any output, right or wrong format', async () => {
  let looked = 0;
  for (const { name, text } of texts) {
    const secrets = secretsOf(text);
    const out = await everyOutput(text, name);
    for (const secret of secrets) expect(out.toLowerCase(), `${name} shows a key`).not.toContain(secret.toLowerCase());
    looked += secrets.length;
  }
  expect(looked).toBeGreaterThan(60);
});

/** Keys where a careless reader would take them for something else. */
const KEY = 'deadbeefcafe0123deadbeefcafe4567deadbeefcafe89abdeadbeefcafecdef';
const WIREGUARD = 'yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=';
const misplaced: Record<string, string> = {
  'as the algorithm': `src 192.0.2.1 dst 198.51.100.1\n proto esp spi 0x1 mode tunnel\n enc ${KEY} 0x00\n`,
  'as the mode': `src 192.0.2.1 dst 198.51.100.1\n proto esp spi 0x1 mode ${KEY}\n enc cbc(aes) 0x00\n`,
  'as an address': `src ${KEY} dst ${KEY}\n proto esp spi 0x1 mode tunnel\n enc cbc(aes) 0x00\n`,
  'as the interface id': `src 192.0.2.1 dst 198.51.100.1\n proto esp spi 0x1 mode tunnel\n if_id 0x${KEY}\n enc cbc(aes) 0x00\n`,
  'as a connection name': `${KEY}: #1, ESTABLISHED, IKEv2, a_i b_r\n  ${KEY}: #1, reqid 1, INSTALLED, TUNNEL, ESP:AES_CBC-128/HMAC_SHA1_96\n`,
  'as a suite': `net: #1, reqid 1, INSTALLED, TUNNEL, ESP:${KEY}\n`,
  'as a RouterOS name': `/ip ipsec proposal\nadd name=${KEY} enc-algorithms=${KEY} auth-algorithms=${KEY}\n`,
  'as a RouterOS algorithm': ` 0 E spi=0x1 src-address=192.0.2.1 dst-address=198.51.100.1 auth-algorithm=${KEY} enc-algorithm=${KEY} enc-key="${KEY}\n${KEY}"\n`,
  'as a swanctl.conf proposal': `connections {\n a {\n children {\n ${KEY} {\n esp_proposals = ${KEY}\n }\n }\n }\n}\nsecrets {\n ike {\n secret = ${KEY}\n }\n}\n`,
  'as an ipsec.conf proposal': `conn ${KEY}\n  esp=${KEY}\n`,
  'as a Cisco transform': `  local crypto endpt.: 192.0.2.1, remote crypto endpt.: 198.51.100.1\n path mtu 1500\n inbound esp sas:\n spi: 0x1(1)\n transform: esp-${KEY} ,\n`,
  'as a FortiOS algorithm': `list all ipsec tunnel in vd 0\nname=${KEY} ver=1 192.0.2.1:0->198.51.100.1:0\ndec: spi=1 esp=${KEY} key=16 ${KEY}\nah=${KEY} key=20 ${KEY}\n`,
  'as a WireGuard interface': `interface: ${WIREGUARD}\n  private key: ${WIREGUARD}\n\npeer: ${WIREGUARD}\n  preshared key: ${WIREGUARD}\n  endpoint: ${WIREGUARD}:51820\n`,
  'as a WireGuard endpoint': `[Interface]\nPrivateKey = ${WIREGUARD}\nMTU = ${WIREGUARD}\n[Peer]\nEndpoint = ${WIREGUARD}\n`,
  'as an interface': `2: ${KEY}: <UP> mtu 1500 qdisc\n`,
  'as a route': `default dev ${KEY}\n${KEY} dev eth0 mtu 1400\n`,
};

test.for(Object.entries(misplaced))('a key %s is hidden', async ([where, text]) => {
  const out = await everyOutput(text, where);
  expect(out).not.toContain(KEY.slice(0, 16));
  expect(out).not.toContain(WIREGUARD.slice(0, 16));
});

test('--from on calc shows no key either', async () => {
  const folderOfTest = mkdtempSync(join(tmpdir(), 'mtucalc-'));
  try {
    for (const { name, text } of texts) {
      const path = join(folderOfTest, name);
      writeFileSync(path, text);
      for (const json of [[], ['--json']]) {
        const terminal = fakeTerminal();
        await main(['calc', '--from', path, ...json], terminal.terminal);
        const out = terminal.stdout + terminal.stderr;
        for (const secret of secretsOf(text)) expect(out.toLowerCase()).not.toContain(secret.toLowerCase());
      }
    }
  } finally {
    rmSync(folderOfTest, { recursive: true, force: true });
  }
});
