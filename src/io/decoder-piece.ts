import type { Transform } from 'node:stream';

/** A decoder of node:zlib; `bytesWritten` counts the compressed octets it made use of. */
export type Decoder = Transform & { readonly bytesWritten: number };

/** What one piece of compressed data gives, as it comes out: however much that is, little of it is held at once. */
export async function* decodePiece(decoder: Decoder, piece: Buffer): AsyncGenerator<Buffer> {
  let written = false;
  let failure: Error | undefined;
  let wake = (): void => {};
  const readable = (): void => wake();
  const failed = (error: Error): void => {
    failure = error;
    wake();
  };
  decoder.on('readable', readable);
  decoder.once('error', failed);
  decoder.write(piece, () => {
    written = true;
    wake();
  });
  try {
    for (;;) {
      for (let out = decoder.read(); out !== null; out = decoder.read()) yield out;
      if (failure) throw failure;
      if (written) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    decoder.off('readable', readable);
    decoder.off('error', failed);
  }
}
