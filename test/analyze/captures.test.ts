import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { judge } from '../../src/analyze/judge.js';
import { FactsReader } from '../../src/analyze/read.js';
import { readCaptureFile } from '../../src/io/capture-file.js';

/** The project's own captures, each with what may be concluded from it alone. */
const folder = fileURLToPath(new URL('../../captures', import.meta.url));
const sidecars = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name): { file: string; verdict: string; accept: string[] } =>
    JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')),
  );
const calm = ['ok', 'clamp-ok', 'loss-not-mtu'];

test.for(sidecars)('$file', async ({ file, verdict: network, accept }) => {
  const reader = new FactsReader({ capacity: 256 });
  await readCaptureFile(`${folder}/${file}`, (frame) => reader.frame(frame));
  const { verdict, findings } = judge(reader.finish());
  expect(accept).toContain(verdict);
  if (calm.includes(network)) expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
});
