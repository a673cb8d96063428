import type { AnalyzedCapture } from '../analyze/answer.js';
import type { Traced } from '../analyze/trace.js';
import { MtucalcError } from '../error.js';
import type { CalcRequest } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';

/** A `File`, without the types of the DOM. */
export interface CaptureFile {
  readonly name: string;
  readonly size: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** What the worker is asked. The rows come along: the worker has none of its own. */
export interface Asked {
  readonly file: CaptureFile;
  readonly catalogue: Catalogue;
  readonly request: CalcRequest | undefined;
}

/** What it says. */
export type Told =
  | { readonly kind: 'progress'; readonly octets: number; readonly of: number }
  | { readonly kind: 'capture'; readonly capture: AnalyzedCapture; readonly trace: Traced | undefined }
  | { readonly kind: 'refused'; readonly says: string; readonly hint: string | undefined };

export const refusal = (error: Error): Told =>
  error instanceof MtucalcError
    ? { kind: 'refused', says: error.message, hint: error.hint }
    : {
        kind: 'refused',
        says: `this is a bug in mtucalc: ${error.message}`,
        hint: 'the command line reads the same file: mtucalc analyze FILE',
      };
