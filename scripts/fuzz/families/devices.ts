import { readdirSync, readFileSync } from 'node:fs';
import { catalogue } from '../../../ciphers/index.js';
import { importPaste } from '../../../src/device/import-paste.js';
import { decodePaste } from '../../../src/device/paste.js';
import { disturbedText, noise, pick } from '../disturb.js';
import type { Family } from '../family.js';
import { formatsFor, written } from '../written.js';

const folder = 'test/device/fixtures';
const texts = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));

/** What boxes print of their tunnels. */
export const devices: Family = {
  id: 'devices',
  input: (random) => (random(100) === 0 ? noise(random) : disturbedText(pick(texts, random), texts, random)),
  run(input) {
    const text = decodePaste(new TextEncoder().encode(input as string), 'fuzz');
    const value = importPaste(text, catalogue, { from: 'fuzz', overrides: {} });
    return written('import', value, formatsFor(text.length, ['json']));
  },
};
