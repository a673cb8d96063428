import { calculate } from '../../mtu/calculate.js';
import type { Calculation } from '../../mtu/calculation.js';
import type { Catalogue } from '../../mtu/catalogue.js';
import { escapeHtml } from '../../report/html/escape.js';
import { snippets } from '../../snippet/snippets.js';
import { argvOf, commandOf, linkOf, type Words } from '../words.js';
import { type SitePage, siteTable } from './frame.js';

/** Suites and links that people run; each pair is a page with and one without NAT-T. */
export const SUITES = [
  'aes256-sha256',
  'aes128-sha256',
  'aes256-sha1',
  'aes128-sha1',
  'aes256-sha512',
  'aes256gcm16',
  'aes128gcm16',
  'chacha20poly1305',
  '3des-sha1',
  '3des-md5',
];
export const WANS = [
  'ethernet',
  'pppoe',
  'ds-lite',
  'lte',
  'docsis',
  'pppoe-jumbo',
  'starlink',
  'aws-internet',
  'gcp',
  'azure-vpn',
];
/** The boxes that most tunnels end on. */
const BOXES = ['routeros', 'nftables', 'iptables', 'strongswan', 'cisco', 'fortios'];

const suiteWords: Readonly<Record<string, string>> = {
  'aes256-sha256': 'AES-256 with SHA-256',
  'aes128-sha256': 'AES-128 with SHA-256',
  'aes256-sha1': 'AES-256 with SHA-1',
  'aes128-sha1': 'AES-128 with SHA-1',
  'aes256-sha512': 'AES-256 with SHA-512',
  aes256gcm16: 'AES-256-GCM',
  aes128gcm16: 'AES-128-GCM',
  chacha20poly1305: 'ChaCha20-Poly1305',
  '3des-sha1': '3DES with SHA-1',
  '3des-md5': '3DES with MD5',
};

export const suitePath = (cipher: string, wan: string, natT: boolean): string =>
  `mtu/${cipher}-${wan}${natT ? '-nat-t' : ''}.html`;

/** One page for each suite, link and NAT-T; links that the catalogue lacks are left out. */
export function suitePages(catalogue: Catalogue): SitePage[] {
  const wans = WANS.flatMap((id) => catalogue.wan.find((row) => row.id === id) ?? []);
  return SUITES.flatMap((cipher) =>
    wans.flatMap(({ id, name }) =>
      [true, false].map((natT) => {
        const words: Words = { cipher, wan: id, 'nat-t': natT ? 'yes' : 'no' };
        const value = calculate({ cipher, wan: id, natT }, catalogue);
        return suitePage({ words, value, wan: name, path: suitePath(cipher, id, natT) });
      }),
    ),
  );
}

function suitePage({
  words,
  value,
  wan,
  path,
}: {
  words: Words;
  value: Calculation;
  wan: string;
  path: string;
}): SitePage {
  const { tunnelMtu, mss, linkMtu, steps, described, overhead, nextStep } = value;
  const natT = words['nat-t'] === 'yes';
  const suite = suiteWords[words.cipher ?? ''] ?? described.suite;
  const what = `${suite} over ${wan} ${natT ? 'with' : 'without'} NAT-T`;
  // What a search shows of a title ends after some 60 characters.
  const brief = `${suite} over ${wan.replace(/,.*/, '')}, ${natT ? '' : 'no '}NAT-T`;
  const sum = siteTable(
    ['layer', 'available', 'overhead', 'left', 'source'],
    [
      [`${described.wan} link`, '', '', linkMtu, described.wanSource],
      ...steps.map(({ layer, room, overhead: taken, source }) => [layer, room, taken, room - taken, source]),
    ],
  );
  const other = { ...words, 'nat-t': natT ? 'no' : 'yes' };
  const body = `<h1>IPsec ${escapeHtml(what)}: MTU ${tunnelMtu}, MSS ${mss.ipv4}</h1>
<p class="big">Tunnel MTU <b>${tunnelMtu}</b>, TCP MSS <b>${mss.ipv4}</b> for IPv4 and <b>${mss.ipv6}</b> for IPv6.</p>
<p>${escapeHtml(described.suite ?? '')} in tunnel mode on a link MTU of ${linkMtu} octets. A packet grows by ${overhead.least} to ${overhead.most} octets: block padding makes the difference, so no single overhead is right for every size.${
    nextStep.below ? ` A link MTU of ${nextStep.below.linkMtu} would drop it to ${nextStep.below.tunnelMtu}.` : ''
  }</p>
<h2>The sum</h2>
${sum}
<h2>The lines to paste</h2>
${BOXES.map((box) => boxOf(box, value, natT)).join('\n')}
<h2>More</h2>
<ul>
<li><a href="../mtucalc.html${escapeHtml(linkOf(words))}">This in the calculator</a>, where interfaces and networks fill in</li>
<li><a href="../${suitePath(words.cipher ?? '', words.wan ?? '', !natT)}">The same ${other['nat-t'] === 'yes' ? 'with' : 'without'} NAT-T</a></li>
<li>At a terminal: <code>${escapeHtml(commandOf(argvOf(words)))}</code>; what the path really carries: <code>mtucalc probe HOST</code></li>
</ul>`;
  return {
    path,
    title: `IPsec ${brief}: MTU ${tunnelMtu}, MSS ${mss.ipv4}`,
    description: `${what}: tunnel MTU ${tunnelMtu}, TCP MSS ${mss.ipv4} (IPv4) and ${mss.ipv6} (IPv6), the sum, the lines for six boxes.`,
    body,
  };
}

function boxOf(box: string, value: Calculation, natT: boolean): string {
  const style = box === 'cisco' || box === 'fortios' ? ({ ipsec: 'vti' } as const) : {};
  const { snippets: made } = snippets([box], value, { natT, ...style });
  const [one] = made;
  return one === undefined
    ? ''
    : `<h3>${escapeHtml(one.title)}</h3>\n<pre tabindex="0"><code>${escapeHtml(one.text)}</code></pre>`;
}
