import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCaptures } from '../../src/app/read-captures.js';
import { MtucalcError } from '../../src/error.js';
import { pcap } from '../capture/files.js';
import { ethernet, filled, ipv4, tcp } from '../packet/packets.js';

const folder = mkdtempSync(join(tmpdir(), 'mtucalc-captures-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const frame = { octets: ethernet(0x0800, ipv4(6, tcp(filled(30)))) };
const large = join(folder, 'large.pcap');
const small = join(folder, 'small.pcap');
const loop = join(folder, 'loop.pcap');
writeFileSync(large, pcap([frame, frame, frame]));
writeFileSync(small, pcap([frame]));
symlinkSync('loop.pcap', loop);

const all = async <T>(each: AsyncIterable<T>): Promise<T[]> => {
  const them: T[] = [];
  for await (const one of each) them.push(one);
  return them;
};

/** A thread that does not what it should. */
const thread = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`);
const dies = [
  ['ends without an answer', 'process.exit(0)', 'ended without an answer'],
  ['throws', "throw new Error('broken within')", 'ended without an answer (broken within)'],
  [
    'takes all memory',
    'const held = []; for (;;) held.push(Array.from({ length: 100000 }, (_, index) => ({ index })));',
    'it takes more memory than there is',
  ],
] as const;

test.for(dies)('a thread that %s loses its own file only', async ([, code, says]) => {
  const how = { script: thread(code), large: 150, megabytes: 32 };
  const read = await all(readCaptures([large, small], {}, (one) => one, how));
  expect(read.map(({ file }) => file)).toEqual([large, small]);
  expect(read[0]!.outcome).toBeInstanceOf(MtucalcError);
  expect(read[0]!.outcome).toMatchObject({ code: 'lost', message: expect.stringContaining(says) });
  expect(read[1]!.outcome).toMatchObject({ totals: { frames: 1 } });
});

const wrong = [
  ['a loop of symbolic links', loop],
  ['a name that is too long', join(folder, 'n'.repeat(300))],
  ['a name with a file for a folder', join(small, 'x.pcap')],
  ['a folder', folder],
] as const;
test.for(wrong)('%s is one sentence, and the other file is read', async ([, file]) => {
  const [first, second] = await all(readCaptures([file, small], {}, (one) => one));
  expect(first!.outcome).toMatchObject({ code: 'file', message: expect.stringContaining(file) });
  expect(second!.outcome).toMatchObject({ totals: { frames: 1 } });
});

test('a thread is told the filter too', async () => {
  // Answers with what it was given, in the place of a refusal.
  const echo = `import { parentPort, workerData } from 'node:worker_threads';
    parentPort.postMessage({ kind: 'refused', code: 'empty', message: JSON.stringify(workerData) });`;
  const filter = { host: ['10.0.0.1'], net: [], port: [443] };
  const how = { script: thread(echo), large: 150, megabytes: 32 };
  const [first] = await all(readCaptures([large, small], { filter, resync: true }, (one) => one, how));
  const { message } = first!.outcome as MtucalcError;
  expect(JSON.parse(message)).toEqual({ file: large, reader: 'own', resync: true, filter });
});
