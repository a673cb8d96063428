import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { importDevice } from '../../src/device/import.js';
import { catalogue } from '../../src/io/catalogue.js';
import { fakeTerminal } from '../terminal.js';

const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}.txt`, import.meta.url));

async function run(args: readonly string[], stdin?: string) {
  const terminal = fakeTerminal(stdin === undefined ? {} : { stdin });
  const code = await main(args, terminal.terminal);
  return { code, out: terminal.stdout, err: terminal.stderr };
}

const json = async (args: readonly string[], stdin?: string) => JSON.parse((await run([...args, '--json'], stdin)).out);

test('calc --from gives what import gives', async () => {
  for (const name of [
    'xfrm-interface-on-pppoe',
    'cisco-ah-and-esp',
    'xfrm-odd-truncation',
    'xfrm-ah-without-align4',
    'wg-show',
    'fortios-gre',
  ]) {
    const imported = await json(['import', fixture(name)]);
    const calculated = await json(['--from', fixture(name)]);
    expect([name, calculated.tunnelMtu, calculated.linkMtu, calculated.mss]).toEqual([
      name,
      imported.tunnelMtu,
      imported.linkMtu,
      imported.mss,
    ]);
  }
});

test('the assumptions name the input, and options beside it win', async () => {
  const text = readFileSync(fixture('cisco-ipv6-gre-transport'), 'utf8');
  const asRead = await json(['--from', '-'], text);
  expect(asRead.tunnelMtu).toBe(1422);
  expect(asRead.assumptions[0].says).toContain('from standard input (cisco-sa), line 18');
  expect((await json(['--from', '-', '--outer', '4'], text)).tunnelMtu).toBe(1442);
  expect((await json(['--from', '-', '--wan', 'pppoe'], text)).linkMtu).toBe(1492);
  expect((await json(['--from', '-', '--mode', 'tunnel', '--nat-t'], text)).described.natT).toBe(true);
  expect((await json(['--from', '-', '--cipher', '3des-sha1'], text)).described.suite).toContain('3DES');
});

test('the command line that import prints gives the same number', async () => {
  for (const name of [
    'xfrm-directions-differ',
    'swanctl-raw',
    'routeros-export-v6',
    'cisco-ah-and-esp',
    'wg-quick-on-pppoe',
    'fortios-l2tp-transport',
    'xfrm-ah-with-align4',
  ]) {
    const { out } = await run(['import', fixture(name)]);
    const line = (/^Same as: mtucalc ((?:.*\\\n)*.*)$/m.exec(out)?.[1] ?? '').replaceAll('\\\n', ' ');
    const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
    expect([name, (await json(words)).tunnelMtu]).toEqual([name, (await json(['import', fixture(name)])).tunnelMtu]);
  }
});

test('snippet --from writes the numbers of the device', async () => {
  const { code, out } = await run(['snippet', 'nftables', '--from', fixture('fortios-natt')]);
  expect(code).toBe(0);
  expect(out).toContain('size set 1382');
});

test('what is missing is said with exit 2', async () => {
  const { code, out, err } = await run(['--from', fixture('xfrm-cut')]);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('the cipher is missing');
  expect((await run(['--from', fixture('xfrm-cut'), '--cipher', 'aes128'])).code).toBe(0);
  expect((await run(['--from', fixture('wg-show'), '--from-format', 'cisco-sa'])).err).toContain(
    'could be read as cisco-sa',
  );
});

const printed = async (...argv: string[]): Promise<string> => (await run(['snippet', ...argv])).out;

test('snippet --from takes the interface the export names, and of several tunnels the one asked for', async () => {
  const beside = fixture('routeros-tunnels-beside');
  const limiting = await printed('routeros', '--from', beside);
  expect(limiting).toContain('/interface l2tp-client set [find where name="l2tp-office"] max-mtu=1404 max-mru=1404\n');
  expect(limiting).toContain('out-interface="l2tp-office"');
  expect(limiting).toContain('which limits of 5');
  const asked = await printed('routeros', '--from', beside, '--tunnel-if', 'wg-hq');
  expect(asked).toContain('/interface wireguard set [find where name="wg-hq"] mtu=1432\n');
  expect(asked).toContain('new-mss=1392');
  const server = await printed('routeros', '--from', fixture('routeros-l2tp-server'));
  expect(server).toContain('out-interface="all-ppp"');
  expect(server).toContain('#     /interface l2tp-server server set max-mtu=1404 max-mru=1404\n');
  // A name of another kind of box stays where it belongs.
  expect(await printed('nftables', '--from', beside)).toContain('oifname "ppp0"');
  expect(await printed('nftables', '--from', fixture('wg-show-no-endpoint'))).toContain('oifname "wg7"');
});

test('what sets the MTU is in the language of the box', () => {
  const fixes = (name: string): (string | undefined)[] =>
    importDevice(readFileSync(fixture(name), 'utf8'), catalogue, { from: name, overrides: {} })
      .value.findings.filter(({ code }) => code === 'interface-mtu')
      .map(({ fix }) => fix);
  expect(fixes('routeros-tunnels-beside')).toEqual([
    '/interface l2tp-client set [find where name="l2tp-office"] max-mtu=1404 max-mru=1404',
    '/interface vxlan set [find where name="vxlan1"] mtu=1442',
  ]);
  expect(fixes('routeros-l2tp-server')).toEqual(['/interface l2tp-server server set max-mtu=1404 max-mru=1404']);
  expect(fixes('wg-quick-on-pppoe')[0]).toMatch(/^MTU = /);
});
