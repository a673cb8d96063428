import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Totals, TotalsCounter } from '../../src/analyze/totals.js';
import type { CaptureReport } from '../../src/capture/reader.js';
import { MtucalcError } from '../../src/error.js';
import { Stop } from '../../src/frame/frame.js';
import { readCaptureFile } from '../../src/io/capture-file.js';
import { differsFromTshark } from './public-differences.js';

/** Public captures and what tshark 4.0 and libpcap say of them; beside the project, not part of it. */
const folder = process.env.MTUCALC_PUBLIC_CAPTURES ?? join(import.meta.dirname, '../../../shared/captures/public');

interface Entry {
  readonly file: string;
  readonly file_damaged: boolean;
  readonly packets: number;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly verdicts: { readonly libpcap_packets: number | null; readonly capinfos_error: string | null };
}

const manifest = join(folder, 'manifest.json');
const entries: readonly Entry[] = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : [];

/** The manifest's facts in the words of our totals. */
function factsOf({ facts, packets, verdicts }: Entry): Record<string, unknown> {
  const fact = (name: string): number => (facts[name] as number | undefined) ?? 0;
  return {
    // Where tshark refuses the link type, libpcap still counts.
    frames: fact('tshark_rc') === 2 && packets === 0 ? (verdicts.libpcap_packets ?? 0) : packets,
    ipv4: fact('ipv4'),
    ipv6: fact('ipv6'),
    dfSet: fact('df_set'),
    fragments: { ipv4: fact('ipv4_fragments'), ipv6: fact('ipv6_fragments') },
    tcp: fact('tcp'),
    tcpData: fact('tcp_data_segments'),
    largest: fact('max_ip_total_length'),
    ptb4: facts.icmp_frag_needed_mtus ?? {},
    ptb6: facts.icmpv6_ptb_mtus ?? {},
    synMss: facts.syn_mss ?? {},
    synAckMss: facts.synack_mss ?? {},
    esp: fact('esp_native'),
    natt: fact('natt_esp'),
    ike: fact('ike'),
    ah: fact('ah'),
    gre: fact('gre'),
    vxlan: fact('vxlan'),
    wireguard: fact('wireguard'),
    pppoe: fact('pppoe_session'),
  };
}

/** `unread`: link types that are named, since nothing is known of them; that is no damage. */
async function readOne(file: string): Promise<{ report: CaptureReport; totals: Totals; unread: boolean }> {
  const counter = new TotalsCounter();
  let unread = false;
  const report = await readCaptureFile(join(folder, file), (frame) => {
    if (frame.stop === Stop.link) unread = true;
    counter.visit(frame);
  });
  return { report, totals: counter.totals(report.frames), unread };
}

function oursOf(totals: Totals): Record<string, unknown> {
  const mtus = (v6: boolean): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { from, mtu, count } of totals.ptb) {
      if (from.includes(':') === v6) counts[String(mtu)] = (counts[String(mtu)] ?? 0) + count;
    }
    return counts;
  };
  const { ptb: _, largest, ...same } = totals;
  return { ...same, largest: Math.max(largest.ipv4, largest.ipv6), ptb4: mtus(false), ptb6: mtus(true) };
}

const known = (file: string): Record<string, unknown> => differsFromTshark[file]?.facts ?? {};

const patience = 60_000;

describe('public captures', () => {
  test.runIf(entries.length === 0)(`SKIPPED: no public captures at ${folder}`, () => {});
  test.runIf(entries.length > 0)(
    'totals equal tshark’s and damage is named where libpcap or capinfos names it, but for differences we can explain',
    async () => {
      const wrong: string[] = [];
      for (const entry of entries) {
        const { file, packets } = entry;
        try {
          const { report, totals, unread } = await readOne(file);
          const theirs = { ...factsOf(entry), ...known(file) };
          const ours = oursOf(totals);
          for (const [name, value] of Object.entries(theirs)) {
            if (JSON.stringify(sorted(value)) !== JSON.stringify(sorted(ours[name])))
              wrong.push(`${file}: ${name} is ${JSON.stringify(ours[name])}, not ${JSON.stringify(value)}`);
          }
          const damaged = differsFromTshark[file]?.damaged ?? entry.file_damaged;
          const named = report.damage.length > 0 || (damaged && unread);
          if (named !== damaged) wrong.push(`${file}: ${JSON.stringify(report.damage)}`);
        } catch (error) {
          if (packets !== null || !(error instanceof MtucalcError)) wrong.push(`${file}: ${error}`);
        }
      }
      expect(wrong).toEqual([]);
      const files = new Set(entries.map(({ file }) => file));
      expect(Object.keys(differsFromTshark).filter((file) => !files.has(file))).toEqual([]);
    },
    patience,
  );
});

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => one.localeCompare(other)));
}
