import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { reportHtml } from '../../../src/report/html/page.js';
import { pcap, type Timed } from '../../analyze/packets.js';
import { Script } from '../../analyze/script.js';
import { clean, stalled } from '../../cli/conversations.js';
import { ownFolder } from '../../own-folder.js';
import { fakeTerminal } from '../../terminal.js';

const { folder, write } = ownFolder('report');
const file = (name: string, packets: readonly Timed[]): string => write(name, pcap(packets));

const hole = file('hole.pcap', stalled());
const fine = file('fine.pcap', clean());

async function page(...args: string[]): Promise<string> {
  const path = join(folder, 'report.html');
  await main(['analyze', ...args, '--report', path], fakeTerminal().terminal);
  return readFileSync(path, 'utf8');
}
const tags = (html: string): string[] => html.match(/<\/?[a-z][^>]*>/g) ?? [];

describe('the HTML report', () => {
  test('stands alone, with plots and evidence', async () => {
    const html = await page(hole);
    expect(html).toMatch(/^<!doctype html><!-- mtucalc: analyze -->\n/);
    expect(html.match(/<svg /g)).toHaveLength(3);
    expect(html).toContain('prefers-color-scheme:dark');
    expect(html).toContain('@media print');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<link|<img|https?:|url\(/);
    expect(html).toContain('<td>black-hole</td>');
    expect(html).toContain('<code>mtucalc probe</code>');
    expect(html).toMatch(/<header class="problem"><h1>black-hole<.*<p class="about">.*hole\.pcap: \d+ frames in /);
  });
  test('every element that opens closes', async () => {
    const open: string[] = [];
    for (const tag of tags(await page('--before', hole, '--after', fine))) {
      const name = tag.match(/[a-z]\w*/)![0];
      if (tag.startsWith('</')) expect(open.pop()).toBe(name);
      else if (!tag.endsWith('/>') && !['meta', 'wbr'].includes(name)) open.push(name);
    }
    expect(open).toEqual([]);
  });
  test('plots: round scales with units, the MTU of a PTB, who sent it', async () => {
    const script = new Script().handshake().data('client', 1460).ptb(1438);
    const html = await page(file('ptb.pcap', script.segment('client', { seq: 1001, data: 1398 }).packets));
    expect(html.match(/>(0|500|1000|1500)<\/text>/g)!.length).toBeGreaterThan(6);
    for (const says of ['>octets</text>', '>packets</text>', 'time since the first frame, ms', 'PTB: 1', ': 1438<'])
      expect(html).toContain(says);
    expect(html).toContain('<line class="mtu"');
    expect(html).toMatch(/<td>10\.1\.0\.1<\/td><td>10\.1\.0\.2<\/td><td class="number">1438<\/td>/);
  });
  test('two captures: what they say together comes first', async () => {
    const before = file('before.pcap', clean({ server: 1398 }));
    const after = file('after.pcap', clean({ client: 1398 }));
    const html = await page('--before', before, '--after', after);
    expect(html).toContain('<title>clamp-ok: ');
    expect(html.match(/<h1>[^<]*/g)).toEqual(['<h1>clamp-ok', '<h1>ok', '<h1>ok']);
    expect(html).toContain('1 TCP connection is in both.');
    expect(html).toContain('<td>1460 =&gt; 1398</td>');
    expect(html.indexOf('Evidence')).toBeLessThan(html.indexOf('<h1>ok'));
  });
  test('several captures have a list of contents', async () => {
    expect(await page(hole, fine)).toMatch(/<a href="#capture-1">black-hole<.*<a href="#capture-2">ok</);
  });
  test('no frame, or all of them at once: no empty plot', async () => {
    const nothing = await page(file('nothing.pcap', []));
    expect(nothing).not.toMatch(/<svg|<table|NaN|Infinity/);
    expect(nothing).toContain('<header class="unknown"><h1>inconclusive');
    const once = await page(
      file(
        'once.pcap',
        stalled().map((packet) => ({ ...packet, at: 1 })),
      ),
    );
    expect(once.match(/<svg /g)).toHaveLength(1);
    expect(once).not.toMatch(/NaN|Infinity/);
  });
  test('every text from outside is escaped', async () => {
    const nasty = '"><script>alert(1)</script>&\'\u202e\u0000';
    const terminal = fakeTerminal();
    await main(['analyze', hole, '--json'], terminal.terminal);
    const [poisoned] = JSON.parse(terminal.stdout, (key, value) =>
      typeof value === 'string' && key !== 'severity' ? nasty : value,
    ).results;
    const part = { name: nasty, result: poisoned, facts: nasty, remarks: [nasty] };
    const two = { matched: 1, translated: 0, pairs: [], findings: poisoned.findings };
    const html = reportHtml([part, part], { verdict: poisoned.verdict, two });
    expect(html).not.toContain('<script');
    expect(html).not.toContain(nasty);
    expect(html).not.toMatch(/[\u0000\u202e]/);
    expect(html).toContain('&lt;script&gt;');
    // Nothing of it opens or closes an element: the tags are those of the same page without it.
    expect(tags(html).every((tag) => !tag.includes('alert'))).toBe(true);
  });
});
