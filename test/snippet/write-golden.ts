// Writes test/snippet/golden anew: npx tsx test/snippet/write-golden.ts, then read the diff against the manual of the
// target.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { cases, goldenPath, render, undoCases } from './cases.js';

const root = new URL('golden/', import.meta.url);
rmSync(root, { recursive: true, force: true });
for (const { name, targets, plan } of cases) {
  for (const word of targets) {
    for (const undo of undoCases.includes(name) ? [false, true] : [false]) {
      const path = new URL(goldenPath(word, name, undo), root).pathname;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, render(word, plan(), undo));
    }
  }
}
