import { readFileSync } from 'node:fs';
import type { CompiledSegments } from '../analyze/flow/plain-segments.js';
import { embedded } from './embedded.js';
import { sizeOf } from './file-size.js';

/** Octets of a file below which starting compiled code costs more than it saves. */
const WORTH_IT = 4 * 1024 * 1024;
const PAGE = 65_536;

const places = ['./', '../', '../../dist/'].map((folder) => new URL(`${folder}plain-segments.wasm`, import.meta.url));

/** The compiled code where it helps to read `file`: not for a short one. */
export function compiledFor(file: string): CompiledSegments | undefined {
  const size = file === '-' ? undefined : sizeOf(file);
  return size !== undefined && size < WORTH_IT ? undefined : compiledSegments();
}

/**
 * Inside the single executable, beside the bundle, or in `dist` when run from source; undefined where there is none.
 */
export function compiledSegments(): CompiledSegments | undefined {
  const inside = embedded('plain-segments.wasm');
  if (inside !== undefined) return { module: new WebAssembly.Module(inside), memory };
  for (const place of places) {
    try {
      return { module: new WebAssembly.Module(readFileSync(place)), memory };
    } catch {
      // Not here, or no WebAssembly: every frame goes the long road, which comes to the same.
    }
  }
  return undefined;
}

function memory(octets: number): WebAssembly.Memory | undefined {
  const pages = Math.ceil(octets / PAGE);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch {
    // V8 reserves some GB of addresses for it, which a limit (ulimit -v) may forbid.
    return undefined;
  }
}
