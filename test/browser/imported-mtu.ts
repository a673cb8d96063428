import { catalogue } from '../../ciphers/index.js';
import { programFormats } from '../../src/device/formats/measuring.js';
import { importDevice } from '../../src/device/import.js';

/** The tunnel MTU that `mtucalc import` reads in a paste; undefined where it refuses it, or the page is built without its reader. */
export function importedMtu(text: string): number | undefined {
  try {
    const { tunnelMtu, formats } = importDevice(text, catalogue, { from: 'x', overrides: {} }).value;
    return programFormats.some(({ id }) => formats.includes(id)) ? undefined : tunnelMtu;
  } catch {
    return undefined;
  }
}
