import encr from '../../ciphers/encr.json' with { type: 'json' };
import headers from '../../ciphers/headers.json' with { type: 'json' };
import ike from '../../ciphers/ike.json' with { type: 'json' };
import implementations from '../../ciphers/implementations.json' with { type: 'json' };
import integ from '../../ciphers/integ.json' with { type: 'json' };
import numbers from '../../ciphers/numbers.json' with { type: 'json' };
import tunnels from '../../ciphers/tunnels.json' with { type: 'json' };
import wan from '../../ciphers/wan.json' with { type: 'json' };
import { MtucalcError } from '../error.js';
import { type Catalogue, extendCatalogue } from '../mtu/catalogue.js';

/** The data of `ciphers/`, part of the bundle: no file is read for it at run time. */
export const catalogue = {
  encr: encr.rows,
  integ: integ.rows,
  ike,
  wan: wan.rows,
  headers: headers.rows,
  tunnels: tunnels.rows,
  implementations: implementations.rows,
  numbers: numbers.rows,
} as unknown as Catalogue;

/** A user's rows are a page or two; a larger file is a mistake. */
const LARGEST_FILE = 1024 * 1024;

/** The built-in catalogue with the rows of a user's file (`--ciphers my.json`). */
export async function catalogueWith(path: string): Promise<Catalogue> {
  // Loaded here: the command without --ciphers starts a millisecond sooner.
  const { readFile, stat } = await import('node:fs/promises');
  let text: string;
  try {
    const file = await stat(path);
    if (!file.isFile()) throw new MtucalcError('catalogue', `${path} is no regular file`);
    const { size } = file;
    if (size > LARGEST_FILE) throw new MtucalcError('catalogue', `${path} has ${size} octets, ${LARGEST_FILE} at most`);
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof MtucalcError) throw error;
    throw new MtucalcError('catalogue', `cannot read ${path}: ${(error as Error).message}`);
  }
  let rows: unknown;
  try {
    rows = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new MtucalcError('catalogue', `${path} is not JSON: ${(error as Error).message}`);
  }
  return extendCatalogue(catalogue, rows, path);
}
