import { catalogue } from '../../ciphers/index.js';
import { MtucalcError } from '../error.js';
import { type Catalogue, extendCatalogue } from '../mtu/catalogue.js';
import { whyUnreadable } from './why-unreadable.js';

export { catalogue };

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
    throw new MtucalcError(
      'catalogue',
      `cannot read ${path}: ${whyUnreadable(error)}`,
      'name a file of rows this user may read',
    );
  }
  let rows: unknown;
  try {
    rows = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new MtucalcError('catalogue', `${path} is not JSON: ${(error as Error).message}`);
  }
  return extendCatalogue(catalogue, rows, path);
}
