import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { fakeTerminal } from '../terminal.js';

const plain = readFileSync(new URL('../../captures/black-hole-client.pcap', import.meta.url));
const captures = fileURLToPath(new URL('../../captures', import.meta.url));
const MICRO = 0xa1b2c3d4;
const NANO = 0xa1b23c4d;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtucalc-seconds-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/**
 * The same capture as a clock of nanoseconds would have written it, with digits of its own in the last three places.
 */
function inNanoseconds(): Buffer {
  const octets = Buffer.from(plain);
  octets.writeUInt32LE(NANO, 0);
  for (let at = 24, frame = 1; at < octets.length; at += 16 + octets.readUInt32LE(at + 8), frame++)
    octets.writeUInt32LE(octets.readUInt32LE(at + 4) * 1000 + ((frame * 377) % 1000), at + 4);
  return octets;
}

type Told = Record<string, unknown>;
async function written(capture: Buffer): Promise<Record<'csv' | 'ndjson' | 'parquet', number[]>> {
  const file = join(folder, 'x.pcap');
  writeFileSync(file, capture);
  const of = async (form: string): Promise<Buffer[]> => {
    for (const table of ['flows', 'findings'])
      await main(['analyze', file, `--export-${table}`, join(folder, `${table}.${form}`)], fakeTerminal().terminal);
    return ['flows', 'findings'].map((table) => readFileSync(join(folder, `${table}.${form}`)));
  };
  const seconds = (rows: readonly Told[]): number[] =>
    rows.flatMap(({ duration_seconds, rtt_seconds }) =>
      [duration_seconds, rtt_seconds].filter((one) => one !== undefined && one !== null && one !== '').map(Number),
    );
  const csv = (text: string): Told[] => {
    const [head = '', ...lines] = text.trimEnd().split('\r\n');
    // Columns in front of the texts that may hold a comma.
    return lines.map((line) => Object.fromEntries(head.split(',').map((name, at) => [name, line.split(',')[at]])));
  };
  const json = (text: string): Told[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Told);
  const parquet = async (octets: Buffer): Promise<Told[]> => {
    const at = octets.buffer.slice(octets.byteOffset, octets.byteOffset + octets.byteLength) as ArrayBuffer;
    return parquetReadObjects({ file: at });
  };
  return {
    csv: (await of('csv')).flatMap((octets) => seconds(csv(octets.toString()))),
    ndjson: (await of('ndjson')).flatMap((octets) => seconds(json(octets.toString()))),
    parquet: (await Promise.all((await of('parquet')).map(parquet))).flatMap(seconds),
  };
}

describe('seconds in rows have the digits of the clock of the capture', () => {
  test.for([
    ['microseconds', MICRO, 6],
    ['nanoseconds', NANO, 9],
  ] as const)('%s', async ([, magic, digits]) => {
    const capture = magic === NANO ? inNanoseconds() : plain;
    expect(capture.readUInt32LE(0)).toBe(magic);
    const { csv, ndjson, parquet } = await written(capture);
    expect(csv.length).toBeGreaterThan(2);
    for (const value of csv) expect(String(value)).toBe(String(Number(value.toFixed(digits))));
    // The last place is used.
    expect(csv.some((value) => Number(value.toFixed(digits - 1)) !== value)).toBe(true);
    expect([ndjson, parquet]).toEqual([csv, csv]);
  });
});

/** Numbers of a value, however deep. */
const numbersIn = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(numbersIn)
      : [];

test.for(readdirSync(captures).filter((name) => name.endsWith('.pcap')))(
  'analyze --json tells no time more exactly than its clock: %s',
  async (name) => {
    const t = fakeTerminal();
    await main(['analyze', join(captures, name), '--json'], t.terminal);
    const [result] = JSON.parse(t.stdout).results;
    expect(numbersIn(result).filter((value) => value !== Number(value.toFixed(6)))).toEqual([]);
  },
);
