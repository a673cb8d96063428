import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { SequenceTrace } from '../../../src/analyze/trace.js';
import { main } from '../../../src/cli/main.js';
import { sequenceFigure } from '../../../src/report/html/sequence-figure.js';
import { sequencePlot } from '../../../src/report/html/sequence-plot.js';
import { pcap } from '../../analyze/packets.js';
import { Script } from '../../analyze/script.js';
import { clean, stalled } from '../../cli/conversations.js';
import { fakeTerminal } from '../../terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'mtucalc-sequence-'));
afterAll(() => rmSync(folder, { recursive: true }));

const all: SequenceTrace = {
  flow: { firstFrame: 1, direction: 0, split: false },
  segments: [
    [0, 0, 1460, false],
    [0.5, 0, 1460, true],
  ],
  acks: [
    [0.1, 0],
    [0.6, 1460],
  ],
  sacks: [[0.2, 700, 1460]],
  ptbs: [
    [0.3, 1400, 0],
    [0.4, 1300, null],
  ],
  thinned: null,
};
const empty = { ...all, acks: [], sacks: [], ptbs: [] };

describe('the plot', () => {
  test('every kind of mark, each with what it is', () => {
    const plot = sequencePlot(all);
    for (const [kind, count] of [
      ['size', 1],
      ['again', 1],
      ['sack', 1],
      ['ptb', 2],
    ] as const)
      expect(plot.match(new RegExp(`<rect class="${kind}"`, 'g'))).toHaveLength(count);
    expect(plot.match(/<polyline class="ack"/g)).toHaveLength(1);
    // A single acknowledgement is a level until the end.
    const one = sequencePlot({ ...all, acks: [[0.1, 0]] }).match(
      /<polyline class="ack" points="\S+,(\S+) (\S+),(\S+)"/,
    );
    expect(one?.[2]).toBe('694');
    expect(one?.[3]).toBe(one?.[1]);
    for (const says of [
      '0 ms: octets 0 to 1460 (1460)',
      '500 ms: sent again, octets 0 to 1460 (1460)',
      '200 ms: SACK of octets 700 to 1460 (760)',
      '300 ms: PTB, MTU 1400, about octet 0',
      '400 ms: PTB, MTU 1300<',
      '>octets sent</text>',
      'time since the first packet of the connection, ms',
    ])
      expect(plot).toContain(says);
    expect(plot).not.toMatch(/style=|NaN|Infinity/);
  });
  test.for<[string, SequenceTrace]>([
    ['one segment and no time', { ...empty, segments: [[0, 0, 10, false]] }],
    ['no segment', { ...all, segments: [] }],
  ])('%s: no empty plot', ([, trace]) => {
    expect(sequencePlot(trace)).toBe('');
  });
  test.for<[string, SequenceTrace]>([
    ['one acknowledgement', { ...empty, acks: [[1, 0]] }],
    [
      'places below the first, times before it',
      {
        ...all,
        segments: [
          [-1, -5000, -10, true],
          [2, 0, 1, false],
        ],
      },
    ],
    [
      '8 TB in a month',
      {
        ...all,
        segments: [
          [0, 0, 1, false],
          [2.6e6, 8e12, 8e12 + 1, false],
        ],
      },
    ],
    [
      'a microsecond',
      {
        ...empty,
        segments: [
          [0, 0, 1, false],
          [1e-6, 1, 2, false],
        ],
      },
    ],
  ])('%s: every number is finite', ([, trace]) => {
    const plot = sequencePlot(trace);
    expect(plot).toMatch(/^<svg /);
    expect(plot).not.toMatch(/NaN|Infinity|undefined|"-?\d+e/);
    for (const [, width] of plot.matchAll(/(?:width|height)="([^"]+)"/g)) expect(Number(width)).toBeGreaterThan(0);
  });
});

describe('in the report', () => {
  async function page(name: string, ...more: string[]): Promise<string> {
    const path = join(folder, 'report.html');
    await main(
      ['analyze', name, ...more, '--report', path, '--force'],
      fakeTerminal({ stdin: Buffer.from(pcap(stalled())) }).terminal,
    );
    return readFileSync(path, 'utf8');
  }
  const file = (packets = stalled()): string => {
    const path = join(folder, 'one.pcap');
    writeFileSync(path, pcap(packets));
    return path;
  };
  test('the stuck connection is drawn and named', async () => {
    const html = await page(file());
    expect(html).toContain('<h2>Time and sequence of the worst connection</h2>');
    expect(html).toMatch(/10\.1\.0\.2:40001 -&gt; 10\.2\.0\.2:443, from frame 1, 0 ms into the capture/);
    expect(html.match(/sent again, octets 100 to 1560/g)).toHaveLength(4);
    expect(html).not.toMatch(/NaN|Infinity| style=/);
  });
  test('addresses are replaced there as well', async () => {
    expect(await page(file(), '--redact')).not.toContain('10.1.0.2:40001');
  });
  test('without trouble there is none', async () => {
    expect(await page(file(clean()))).not.toContain('Time and sequence');
  });
  test('a filter that starts later counts from there', async () => {
    const script = new Script().handshake().transfer('client', 100, 1).handshake().data('client', 500);
    const path = file(script.segment('client', { seq: 1001, data: 500 }).wait(1).ack('client').packets);
    expect(await page(path, '--flow', '6')).toContain('from frame 6');
  });
  test('standard input is read once: the page says so', async () => {
    const html = await page('-');
    expect(html).toContain('Not drawn. It needs a second reading');
    expect(html.match(/<svg /g)).toHaveLength(2);
  });
  test('a connection whose data never came here: said, and not as a matter of reading', async () => {
    const html = await page('captures/black-hole-server.pcap');
    expect(html).toContain('Not drawn. No data segment of it is in this capture.');
    expect(html).not.toContain('second reading');
  });
  test('--format html draws it, --json has nothing of it', async () => {
    const path = file();
    const asPage = fakeTerminal();
    await main(['analyze', path, '--format', 'html'], asPage.terminal);
    expect(asPage.stdout).toContain('<polyline class="ack"');
    const asJson = fakeTerminal();
    await main(['analyze', path, '--json'], asJson.terminal);
    expect(asJson.stdout).not.toContain('"traces"');
  });
  test('names from outside stay text', () => {
    const nasty = '"><script>alert(1)</script>';
    const direction = { from: nasty, to: nasty };
    const flow = { firstFrame: 1, protocol: 'tcp', start: 0, directions: [direction, direction] };
    const html = sequenceFigure({ flows: [flow] } as never, { ...all, thinned: { of: 9000 } });
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain('Thinned: 7 of 9000 points are drawn.');
  });
});
