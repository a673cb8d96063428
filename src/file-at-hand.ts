/** A file of which any part can be read; less comes where it is shorter. Sizes and places in octets. */
export interface FileAtHand {
  readonly size: number;
  read(from: number, octets: number): Promise<Uint8Array>;
}
