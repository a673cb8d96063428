import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/analyze/judge.js';
import { FactsReader } from '../../src/analyze/read.js';
import { readCaptureFile } from '../../src/io/capture-file.js';

/** Captures of a real kernel with the truth beside each. */
const folder = fileURLToPath(new URL('../../../shared/captures/scenarios', import.meta.url));

interface Sidecar {
  readonly file: string;
  readonly truth: { readonly verdict: string; readonly file_verdict: string; readonly accept: readonly string[] };
}

/** Networks without any fault of size: nothing above info may be said about them. */
const calm = ['ok', 'clamp-ok', 'offload-artifact', 'loss-not-mtu'];

if (!existsSync(folder)) {
  test.skip(`recorded scenarios: ${folder} is not there`, () => {});
} else {
  const sidecars = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name): Sidecar => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')));
  describe('recorded on a real kernel', () => {
    test('there are scenarios', () => expect(sidecars.length).toBeGreaterThan(50));
    test.for(sidecars)('$file', async ({ file, truth }) => {
      const reader = new FactsReader({ capacity: 1024 });
      await readCaptureFile(`${folder}/${file}`, (frame) => reader.frame(frame));
      const { verdict, findings } = judge(reader.finish());
      expect(truth.accept).toContain(verdict);
      if (calm.includes(truth.verdict) || calm.includes(truth.file_verdict)) {
        expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
      }
    });
  });
}
