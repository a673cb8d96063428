import { readFileSync } from 'node:fs';
import type { CompiledSegments } from '../analyze/flow/plain-segments.js';
import { embedded } from './embedded.js';
import { sizeOf } from './file-size.js';

/** Octets of a file below which starting compiled code costs more than it saves. */
const WORTH_IT = 4 * 1024 * 1024;
const PAGE = 65_536;

/** Where it lies from this piece of the bundle, from a bundle, and from the source. A failed look costs a third of a millisecond. */
const folders = ['../', './', '../../dist/'];

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
  for (const folder of folders) {
    try {
      const octets = readFileSync(new URL(`${folder}plain-segments.wasm`, import.meta.url));
      return { module: new WebAssembly.Module(octets), memory };
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
