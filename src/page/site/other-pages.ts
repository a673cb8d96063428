import { MtucalcError } from '../../error.js';
import { calculate } from '../../mtu/calculate.js';
import type { Catalogue } from '../../mtu/catalogue.js';
import { escapeHtml } from '../../report/html/escape.js';
import { snippets } from '../../snippet/snippets.js';
import { targets } from '../../snippet/targets/index.js';
import { linkOf } from '../words.js';
import { type SitePage, siteTable } from './frame.js';
import { SUITES, suitePath, WANS } from './suite-pages.js';

/** One page a box: what it takes, from the most usual tunnel. */
export const vendorPages = (catalogue: Catalogue): SitePage[] =>
  targets.flatMap(({ id, title, manual }) => {
    const value = calculate(
      id === 'wireguard' ? { tunnel: 'wireguard', wan: 'pppoe' } : { cipher: 'aes256-sha256', wan: 'pppoe' },
      catalogue,
    );
    const styles = id === 'wireguard' ? [{}] : ([{}, { ipsec: 'vti' }, { ipsec: 'xfrm' }] as const);
    const made = styles.flatMap((style) => {
      try {
        return snippets([id], value, style).snippets.slice(0, 1);
      } catch (error) {
        if (error instanceof MtucalcError) return [];
        throw error;
      }
    })[0];
    if (made === undefined) return [];
    const words = {
      cipher: id === 'wireguard' ? undefined : 'aes256-sha256',
      tunnel: id === 'wireguard' ? 'wireguard' : undefined,
      wan: 'pppoe',
      target: id,
    };
    return [
      {
        path: `box/${id}.html`,
        title: `${title}: MTU and MSS of a VPN tunnel, ready to paste`,
        description: `MSS clamping and MTU for ${title}, both directions, with the way to take it out again; exact for every cipher.`,
        body: `<h1>${escapeHtml(title)}: MTU and MSS of a tunnel</h1>
<p class="big">For ${escapeHtml(value.described.suite ?? value.described.tunnel)} over PPPoE: tunnel MTU <b>${value.tunnelMtu}</b>, MSS <b>${value.mss.ipv4}</b>.</p>
<pre tabindex="0"><code>${escapeHtml(made.text)}</code></pre>
<p>Syntax after: ${escapeHtml(manual)}.</p>
<p><a href="../mtucalc.html${escapeHtml(linkOf(words))}">Another cipher, link or interface: in the calculator</a>. At a terminal: <code>mtucalc snippet ${id} --help</code>.</p>`,
      },
    ];
  });

/** Figures that other pages give for "IPsec", and what they come to. */
const CLAIMS = [58, 60, 73, 80, 100] as const;

/** Numbers people meet, what they assume, and where they are too large. */
export function numbersPage(catalogue: Catalogue): SitePage {
  const links = [
    ['Ethernet', 'ethernet'],
    ['PPPoE', 'pppoe'],
  ] as const;
  const cases = SUITES.flatMap((cipher) =>
    links.flatMap(([name, wan]) =>
      [true, false].map((natT) => ({ name, cipher, natT, value: calculate({ cipher, wan, natT }, catalogue) })),
    ),
  );
  const ethernet = calculate({ wan: 'ethernet' }, catalogue).linkMtu;
  const claims = CLAIMS.map((octets) => {
    const tooLarge = cases.filter(({ value }) => value.linkMtu - octets > value.tunnelMtu);
    const worst = tooLarge.reduce((most, { value }) => Math.max(most, value.linkMtu - octets - value.tunnelMtu), 0);
    const wasted = cases.reduce((most, { value }) => Math.max(most, value.tunnelMtu - value.linkMtu + octets), 0);
    return [
      `${octets} octets: MTU ${ethernet - octets} on Ethernet`,
      `${tooLarge.length} of ${cases.length}`,
      worst,
      wasted,
    ];
  });
  const exact = cases
    .filter(({ natT }) => natT)
    .map(({ name, cipher, value }) => [
      cipher,
      name,
      value.tunnelMtu,
      value.mss.ipv4,
      `${value.overhead.least} to ${value.overhead.most}`,
    ]);
  const known = catalogue.numbers.map(({ value, of, says, source }) => [value, of.toUpperCase(), says, source]);
  return {
    path: 'numbers.html',
    title: 'IPsec overhead: 58, 73, 1400, 1420, 1427 … what these numbers assume',
    description:
      'The MTU and overhead figures that pages and forums give for IPsec and VPN tunnels, what each assumes, and where it is too large.',
    body: `<h1>Numbers you will find elsewhere</h1>
<p>There is no single overhead of IPsec: padding to the cipher's block makes a packet grow by a range, and the range depends on the suite, NAT-T and the IP version outside. A fixed figure is too large for some tunnels (packets vanish or are fragmented) and wasteful for others.</p>
<h2>Fixed overheads, tried on ${cases.length} tunnels</h2>
${siteTable(['claim', 'too little for', 'octets too large at worst', 'octets wasted at worst'], claims)}
<h2>What it really is, with NAT-T</h2>
${siteTable(['suite', 'link', 'tunnel MTU', 'MSS, IPv4', 'a packet grows by'], exact)}
<h2>Numbers by name</h2>
${siteTable(['number', 'of', 'what it is known for', 'source'], known)}
<p><a href="mtucalc.html${escapeHtml(linkOf({ identify: '1422' }))}">Ask about a number of your own</a>.</p>`,
  };
}

/** The list of everything. */
export function indexPage(catalogue: Catalogue, vendors: readonly SitePage[], docs: readonly SitePage[]): SitePage {
  const wans = WANS.flatMap((id) => catalogue.wan.find((row) => row.id === id) ?? []);
  const list = (pages: readonly SitePage[]): string =>
    `<ul>${pages.map(({ path, title }) => `<li><a href="${escapeHtml(path)}">${escapeHtml(title)}</a></li>`).join('')}</ul>`;
  const matrix = SUITES.map(
    (cipher) =>
      `<tr><th scope="row">${escapeHtml(cipher)}</th>${wans
        .map(({ id }) => {
          const at = (natT: boolean): string =>
            `<a href="${suitePath(cipher, id, natT)}">${calculate({ cipher, wan: id, natT }, catalogue).tunnelMtu}</a>`;
          return `<td>${at(true)} / ${at(false)}</td>`;
        })
        .join('')}</tr>`,
  ).join('');
  return {
    path: 'index.html',
    title: 'MTU and MSS of IPsec and VPN tunnels, exact to the octet',
    description:
      'Tunnel MTU and TCP MSS for every usual IPsec suite and access line, with the sum, its sources and the configuration to paste.',
    body: `<h1>MTU and MSS of tunnels, exact to the octet</h1>
<p class="big"><a href="mtucalc.html">Open the calculator</a>: a cipher, what your box prints, or a capture. Nothing leaves your browser.</p>
<h2>Tunnel MTU by suite and access line, with / without NAT-T</h2>
<div class="scroll" tabindex="0" role="region" aria-label="tunnel MTU by suite and access line"><table><thead><tr><th scope="col">suite</th>${wans.map(({ name }) => `<th scope="col">${escapeHtml(name)}</th>`).join('')}</tr></thead><tbody>${matrix}</tbody></table></div>
<h2>By box</h2>
${list(vendors)}
<h2>How to</h2>
${list(docs)}
<p><a href="numbers.html">Numbers you will find elsewhere</a></p>`,
  };
}
