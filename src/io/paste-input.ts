import { open } from 'node:fs/promises';
import { decodePaste, PASTE_LIMIT, tooLarge } from '../device/paste.js';
import { MtucalcError } from '../error.js';
import { whyUnreadable } from './why-unreadable.js';

/**
 * The text of a saved terminal session, or of standard input for `-`. Never reads more than the limit: a larger file is
 * refused before it is read, a longer stream as soon as the limit is passed. `holds`: what the file was to hold, in
 * words.
 */
export async function readPasteInput(
  path: string,
  stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  holds = 'device output',
): Promise<{ text: string; from: string }> {
  if (path === '-') {
    const from = 'standard input';
    return { text: decodePaste(await drain(stdin, from), from), from };
  }
  const from = path.length > 200 ? `${path.slice(0, 200)}…` : path;
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, 'r');
  } catch (error) {
    throw cannotRead(from, error, holds);
  }
  try {
    const status = await file.stat();
    if (status.isDirectory())
      throw new MtucalcError('file', `${from} is a directory`, `name a file with ${holds}, or - for standard input`);
    if (status.isFile() && status.size > PASTE_LIMIT) throw tooLarge(from, status.size);
    return { text: decodePaste(await drain(file.createReadStream(), from), from), from };
  } catch (error) {
    throw error instanceof MtucalcError ? error : cannotRead(from, error, holds);
  } finally {
    await file.close().catch(() => undefined);
  }
}

const cannotRead = (from: string, error: unknown, holds: string): MtucalcError =>
  new MtucalcError(
    'file',
    `cannot read ${from}: ${whyUnreadable(error)}`,
    `name a file with ${holds}, or - for standard input`,
  );

async function drain(stream: NodeJS.ReadableStream, from: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const octets = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
    length += octets.length;
    if (length > PASTE_LIMIT) throw tooLarge(from, null);
    chunks.push(octets);
  }
  return Buffer.concat(chunks);
}
