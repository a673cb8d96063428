import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { unpacked } from '../../src/analyze/flow/packed-flows.js';
import { all, judgeEach } from '../../src/app/analyze-files.js';
import { pcap } from '../capture/files.js';
import { samples } from '../frame/frame-samples.js';

const folder = mkdtempSync(join(tmpdir(), 'mtucalc-every-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An Ethernet frame with TCP in IPv4, from another port each time. */
const [, , frame] = samples.find(
  ([, link, octets]) => link === 1 && octets[12] === 8 && octets[13] === 0 && octets[14] === 0x45 && octets[23] === 6,
)!;
const frames = Array.from({ length: 700 }, (_, index) => {
  const octets = Uint8Array.from(frame);
  octets[34] = (10_000 + index) >> 8;
  octets[35] = (10_000 + index) & 255;
  return { octets };
});
const file = join(folder, 'many.pcap');
writeFileSync(file, pcap(frames));

test('all flows are handed over where they are asked for, and the judgement is the same', async () => {
  const [every] = await all(judgeEach([file], { everyFlow: true }));
  const [some] = await all(judgeEach([file]));
  expect(every!.result).toEqual(some!.result);
  expect('error' in some!.result || [some!.result.flows.length, some!.result.flowCounts.tcp]).toEqual([512, 700]);
  expect([every!.facts?.everyFlow?.count, some!.facts?.everyFlow]).toEqual([700, undefined]);
  expect([...unpacked(every!.facts!.everyFlow!)].map(({ firstFrame }) => firstFrame)).toEqual(
    frames.map((_, index) => index + 1),
  );
});
