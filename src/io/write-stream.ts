import { promises } from 'node:fs';
import { beside, mayWrite, openNew, unwritable, type WriteChoices } from './write-files.js';

/** A file that is written piece by piece, and stands at its place when all of it is there. */
export interface FileStream {
  /** @throws MtucalcError `file`; what was written is gone then */
  write(octets: Uint8Array): Promise<void>;
  /** Brings it to the disk and to its place. @throws MtucalcError `file` */
  finish(): Promise<void>;
  /** Leaves what was there as it was; nothing where it is finished. */
  abandon(): Promise<void>;
}

/**
 * Begins a file that is too large to be held: by the way of `writeFiles`, into a new file beside its place, which is
 * brought to the disk and renamed at the end. What must not be replaced is looked for at the beginning, and again at
 * the end.
 * @param mode permissions, as `WrittenFile` has them
 * @throws MtucalcError `file`
 */
export async function writeStream(path: string, mode: number, choices: WriteChoices = {}): Promise<FileStream> {
  await mayWrite(path, choices);
  const part = beside(path, 'part');
  const file = await openNew(part, mode).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  let over = false;
  const abandon = async (): Promise<void> => {
    if (over) return;
    over = true;
    await file.close().catch(() => undefined);
    await promises.rm(part, { force: true }).catch(() => undefined);
  };
  const orAbandon = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      await abandon();
      throw unwritable(path, error);
    }
  };
  return {
    write: (octets) => orAbandon(() => file.writeFile(octets)),
    finish: () =>
      orAbandon(async () => {
        await file.sync();
        await file.close();
        await mayWrite(path, choices);
        await promises.rename(part, path);
        over = true;
      }),
    abandon,
  };
}
