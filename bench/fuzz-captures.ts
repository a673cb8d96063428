// npm run fuzz [-- FRAMES [SEED]]: mutated frames, files and transfers through the capture reader; a million frames unless told.
import { fuzzFiles, fuzzFrames, fuzzPlainSegments } from '../test/analyze/fuzz.js';

const frames = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const started = performance.now();
const files = Math.ceil(frames / 50);
const transfers = Math.ceil(frames / 500);
const wrong = [...fuzzFrames(seed, frames), ...fuzzFiles(seed, files), ...fuzzPlainSegments(seed, transfers)];
for (const line of wrong) console.error(line);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  `${frames} frames, ${files} files, ${transfers} transfers, seed ${seed}: ${wrong.length} wrong, ${seconds} s`,
);
process.exitCode = wrong.length > 0 ? 1 : 0;
