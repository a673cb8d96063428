import type { CompiledSettling } from './flow-keeper.js';

/** Exports of assembly/plain-segments.ts. */
export interface CompiledLoop extends CompiledSettling {
  gatherRecords(columns: number, bytes: number, from: number, length: number, header: number, perUnit: number): number;
  gatherPackets(
    columns: number,
    bytes: number,
    from: number,
    length: number,
    index: number,
    units: number,
    offset: number,
  ): number;
  setUp(...at: readonly number[]): void;
  lookAhead(
    count: number,
    base: number,
    batchFace: number,
    used: number,
    firstSeconds: number,
    firstNanoseconds: number,
    offset: number,
    framesBefore: number,
    places: number,
  ): void;
  take(from: number, count: number): number;
}
