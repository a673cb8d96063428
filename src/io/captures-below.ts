import { promises, statSync } from 'node:fs';
import { join } from 'node:path';
import { MtucalcError } from '../error.js';

/** Names that captures have: also numbered by `tcpdump -C`, and compressed. */
const CAPTURE = /\.(?:pcap|pcapng|cap|dmp)\d*(?:\.(?:gz|zst))?$/i;
/** Captures of one run, and entries of folders that are looked at. */
const MOST_CAPTURES = 100_000;
const MOST_ENTRIES = 1_000_000;

/** Captures by name, and what of the folders was left. */
export interface FoundCaptures {
  readonly files: readonly string[];
  /** Files whose names are not those of captures. */
  readonly others: number;
  /** Symbolic links, which are not followed, and what is neither file nor folder. */
  readonly links: number;
}

/**
 * The files named, and in place of each folder the captures in it and below, sorted by name. Links in a folder are not
 * followed.
 * @throws MtucalcError `file` for a folder that cannot be read or has no capture, `too-many`
 */
export async function capturesBelow(
  words: readonly string[],
  { most = MOST_CAPTURES, entries: mostEntries = MOST_ENTRIES } = {},
): Promise<FoundCaptures> {
  const files: string[] = [];
  const left = { others: 0, links: 0 };
  let entries = 0;
  const add = (file: string): void => {
    files.push(file);
    if (files.length > most)
      throw new MtucalcError('too-many', `more than ${most} captures at once`, 'name folders one by one');
  };
  for (const word of words) {
    if (!isFolder(word)) {
      add(word);
      continue;
    }
    const found: string[] = [];
    const folders = [word];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      for (const entry of await entriesOf(folder)) {
        if (++entries > mostEntries)
          throw new MtucalcError(
            'too-many',
            `${word}: more than ${mostEntries} files are below it`,
            'name folders one by one',
          );
        const path = join(folder, entry.name);
        if (entry.isDirectory()) folders.push(path);
        else if (!entry.isFile()) left.links++;
        else if (CAPTURE.test(entry.name)) found.push(path);
        else left.others++;
      }
    }
    if (found.length === 0)
      throw new MtucalcError(
        'file',
        `${word}: no capture is in this folder or below`,
        'captures are named .pcap, .pcapng, .cap or .dmp, also with .gz or .zst; name another file itself',
      );
    for (const file of found.sort()) add(file);
  }
  return { files, ...left };
}

/** At once: the promises of node:fs take 2 ms to load, and a capture that is named needs nothing else of them. */
function isFolder(word: string): boolean {
  if (word === '-') return false;
  try {
    return statSync(word).isDirectory();
  } catch {
    // Whoever reads it says what is wrong.
    return false;
  }
}

const entriesOf = (folder: string) =>
  promises.readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new MtucalcError('file', `cannot read the folder ${folder}: ${error.code ?? error.message}`);
  });
