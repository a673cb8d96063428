import { expect, test } from 'vitest';
import { catalogue } from '../ciphers/index.js';
import { Gatherer } from '../src/capture/text/gather.js';
import { importPaste } from '../src/device/import-paste.js';
import { MtucalcError } from '../src/error.js';
import { lint } from '../src/lint/lint.js';
import { wordTable } from '../src/word-table.js';
import { formRows } from './capture/text/rows.js';
import { iptablesRows, nftRows, routerosRows, swanctlRows } from './lint/rows.js';
import { boxRows } from './lint/rows-boxes.js';

test('what every object has stands in no table of words', () => {
  const table = wordTable({ ssh: 22 });
  expect([table.ssh, table.constructor, table.toString]).toEqual([22, undefined, undefined]);
});

/** A text with its first, second … word replaced by one that every object knows. */
function* replaced(text: string): Generator<string> {
  for (const { 0: word, index } of text.matchAll(/[A-Za-z][\w-]*/g))
    yield `${text.slice(0, index)}constructor${text.slice(index + word.length)}`;
}

const ours = (run: () => unknown): void => {
  try {
    run();
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
  }
};

const configurations = [routerosRows, iptablesRows, nftRows, swanctlRows, ...Object.values(boxRows)].flat();

test('a configuration may say constructor where any word is expected', () => {
  for (const { text } of configurations) for (const other of replaced(text.slice(0, 400))) ours(() => lint(other));
});
test('so may device output and a printed capture', () => {
  for (const { text } of formRows)
    for (const other of replaced(text)) {
      const gatherer = new Gatherer(() => undefined);
      for (const line of other.split('\n')) gatherer.line(line);
      gatherer.flush();
    }
  for (const { text } of configurations.filter((_, at) => at % 5 === 0))
    for (const other of replaced(text.slice(0, 200)))
      ours(() => importPaste(other, catalogue, { from: 'x', overrides: {} }));
});
