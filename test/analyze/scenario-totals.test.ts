import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TotalsCounter } from '../../src/analyze/totals.js';
import { readCaptureFile } from '../../src/io/capture-file.js';

/** Captures of a real kernel with tshark's counts beside each; beside the project, not part of it. */
const folder = process.env.MTUCALC_SCENARIOS ?? join(import.meta.dirname, '../../../shared/captures/scenarios');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => /\.pcap(ng)?(\.gz)?$/.test(name)) : [];

interface Sidecar {
  readonly truth: {
    readonly ptb?: readonly { from: string; mtu: number; count: number }[];
    readonly fragments?: { readonly count: number };
  };
  readonly visible?: {
    readonly packets: number;
    readonly truncated: number;
    readonly syn: readonly { kind: 'SYN' | 'SYN-ACK'; mss: number | null; count: number }[];
    readonly esp: { readonly packets: number } | null;
  };
}

function summed<Row>(rows: readonly Row[], key: (row: Row) => string, count: (row: Row) => number): object {
  const sums: Record<string, number> = {};
  for (const row of rows) sums[key(row)] = (sums[key(row)] ?? 0) + count(row);
  return Object.fromEntries(Object.entries(sums).sort());
}

test.runIf(files.length === 0)(`SKIPPED: no scenario captures at ${folder}`, () => {});
test.runIf(files.length > 0)(
  'totals of every recorded scenario equal what tshark counted there',
  async () => {
    const wrong: string[] = [];
    for (const file of files) {
      const { truth, visible }: Sidecar = JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8'));
      if (!visible) continue;
      const counter = new TotalsCounter();
      const report = await readCaptureFile(join(folder, file), (frame) => counter.visit(frame));
      const totals = counter.totals(report.frames);
      const syns = (kind: 'SYN' | 'SYN-ACK') => {
        const rows = visible.syn.filter((row) => row.kind === kind);
        return summed(
          rows,
          ({ mss }) => String(mss ?? 'none'),
          ({ count }) => count,
        );
      };
      const ptb = (rows: readonly { from: string; mtu: number | null; count: number }[]) =>
        summed(
          rows,
          ({ from, mtu }) => `${from} ${mtu}`,
          ({ count }) => count,
        );
      const compared: Record<string, readonly [unknown, unknown]> = {
        frames: [totals.frames, visible.packets],
        snapped: [report.snapped.frames, visible.truncated],
        esp: [totals.esp + totals.natt, visible.esp?.packets ?? 0],
        synMss: [totals.synMss, syns('SYN')],
        synAckMss: [totals.synAckMss, syns('SYN-ACK')],
        ptb: [ptb(totals.ptb), ptb(truth.ptb ?? [])],
        fragments: [totals.fragments.ipv4 + totals.fragments.ipv6, truth.fragments?.count ?? 0],
        damage: [report.damage, []],
      };
      for (const [name, [ours, theirs]] of Object.entries(compared)) {
        if (JSON.stringify(ours) !== JSON.stringify(theirs))
          wrong.push(`${file}: ${name} is ${JSON.stringify(ours)}, not ${JSON.stringify(theirs)}`);
      }
    }
    expect(wrong).toEqual([]);
  },
  60_000,
);
