import { analyzed } from '../../../src/analyze/answer.js';
import { CaptureWatch } from '../../../src/analyze/capture-value.js';
import { CaptureReader } from '../../../src/capture/reader.js';
import { feed } from '../../../test/capture/feed.js';
import { upload } from '../../../test/capture/text/read.js';
import { formRows } from '../../../test/capture/text/rows.js';
import { disturbedText, noise, pick } from '../disturb.js';
import type { Family } from '../family.js';
import { writtenAnalysis } from '../written.js';

const texts = [
  ...formRows.map(({ text }) => text),
  upload({ times: 5, answered: false }),
  upload({ times: 1, answered: true }),
];

/** Printed captures: tcpdump, tshark, hexadecimal, sniffers of boxes. */
export const textCaptures: Family = {
  id: 'texts',
  input(random) {
    if (random(100) === 0) return noise(random);
    const one = pick(texts, random);
    return disturbedText(random(3) === 0 ? `${one}\n${pick(texts, random)}` : one, texts, random);
  },
  run(input) {
    const file = new TextEncoder().encode(input as string);
    const watch = new CaptureWatch({ capacity: 16 });
    const report = feed(new CaptureReader(watch.frame.bind(watch)), file);
    return writtenAnalysis(analyzed(watch.finish('fuzz', report, false), {}), file.length);
  },
};
