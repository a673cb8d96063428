// npm run mutate [-- --sample N] [--seed S] [--only WORD]: breaks one place of the program after the other; do the tests notice?
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { seeded } from '../test/seeded.js';
import { copyOfTree } from './mutate/copy.js';
import { type Fate, judge, passes } from './mutate/judge.js';
import type { Place } from './mutate/place.js';
import { places } from './mutate/places/index.js';

/** Of all breaks, so many must be noticed. */
const LEAST_SHARE = 0.9;

const { values } = parseArgs({
  options: { sample: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const random = seeded(seed);
const wanted = places.filter(({ file }) => file.includes(values.only ?? ''));
const order = wanted.map((place) => [random(2 ** 32), place] as const).sort(([a], [b]) => a - b);
const chosen = values.sample ? order.slice(0, Number(values.sample)).map(([, place]) => place) : wanted;

const absent = places.filter(({ file, text }) => readFileSync(file, 'utf8').split(text).length !== 2);
for (const { file, text } of absent) console.log(`not there exactly once: ${file}: ${text}`);

const shown = ({ file, text, instead }: Place): string => `${file}: ${text} -> ${instead || '(nothing)'}`;
const fates: Fate[] = [];
const copies = Array.from({ length: Math.min(2, availableParallelism(), chosen.length) }, copyOfTree);
try {
  const sound = await passes(copies[0]!.folder, [...new Set(chosen.flatMap(({ tests }) => tests))], 900_000);
  if (!sound) throw new Error('the tests fail without any break: mend that first');
  const waiting = [...chosen];
  await Promise.all(
    copies.map(async ({ folder }) => {
      for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) {
        const fate = await judge(folder, place);
        fates.push(fate);
        if (fate !== 'killed') console.log(`${fate}: ${shown(place)} (${place.tests.join(' ')})`);
      }
    }),
  );
} finally {
  for (const copy of copies) copy.remove();
}
const noticed = fates.filter((fate) => fate === 'killed' || fate === 'hung').length;
const share = noticed / fates.length;
console.log(`${noticed} of ${fates.length} breaks noticed (${(share * 100).toFixed(1)} %), seed ${seed}`);
process.exitCode = share >= LEAST_SHARE && absent.length === 0 ? 0 : 1;
