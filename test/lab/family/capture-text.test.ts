import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { MtucalcError } from '../../../src/error.js';
import { judged, octetsOf, type Printer, printed, printers, stronger } from '../text-round-trip.js';

/**
 * Captures whose text is printed by tcpdump and tshark and read back: our own, and those beside the checkout where they
 * are.
 */
const folders = ['../../../captures', '../../../../shared/captures/scenarios']
  .map((name) => fileURLToPath(new URL(name, import.meta.url)))
  .filter((name) => existsSync(name));
const captures = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.pcap(ng)?(\.gz)?$/.test(name))
    .map((name) => join(folder, name)),
);
const scratch = mkdtempSync(join(tmpdir(), 'mtucalc-text-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** tcpdump reads no compressed file. */
function plain(file: string): string {
  if (!file.endsWith('.gz')) return file;
  const name = join(scratch, basename(file, '.gz'));
  if (!existsSync(name)) writeFileSync(name, octetsOf(file));
  return name;
}

test.for(Object.keys(printers) as Printer[])('%s says no more than the file', { timeout: 10 * 60_000 }, (printer) => {
  const wrong: string[] = [];
  let read = 0;
  for (const file of captures) {
    const text = printed(printer, plain(file));
    if (text === null) continue;
    const truth = judged(octetsOf(file));
    try {
      const says = stronger(judged(text), truth, printers[printer].exact);
      if (says.length > 0) wrong.push(`${basename(file)}: ${says.join('; ')}`);
      read++;
    } catch (error) {
      // A text in which no packet can be read is refused, never misread.
      if (!(error instanceof MtucalcError)) throw error;
      if (printers[printer].exact) wrong.push(`${basename(file)}: ${error.message}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(read).toBeGreaterThan(captures.length / 2);
});
