import { CaptureWatch } from '../../src/analyze/capture-value.js';
import type { CompiledSegments } from '../../src/analyze/flow/plain-segments.js';
import { judge } from '../../src/analyze/judge.js';
import { CaptureReader } from '../../src/capture/reader.js';
import { MtucalcError } from '../../src/error.js';
import { compiledSegments } from '../../src/io/compiled.js';
import { feed } from '../capture/feed.js';

/** The compiled code, with one memory for all: each costs V8 some GB of addresses. */
export const compiled = ((): CompiledSegments => {
  const built = compiledSegments();
  if (built === undefined) throw new Error('dist/plain-segments.wasm is missing: npm run build');
  let memory: WebAssembly.Memory | undefined;
  return {
    module: built.module,
    memory(octets) {
      if (memory && memory.buffer.byteLength >= octets) new Uint8Array(memory.buffer).fill(0);
      else memory = built.memory(octets);
      return memory;
    },
  };
})();

/**
 * What a file comes to on the long road and with the compiled code, as text, and how many frames the latter counted.
 */
export function bothWays(file: Uint8Array, chunk = file.length): { slow: string; fast: string; taken: number } {
  let taken = 0;
  const [slow, fast] = [undefined, compiled].map((code) => {
    const watch = new CaptureWatch({ capacity: 64, compiled: code });
    const reader = new CaptureReader((frame) => watch.frame(frame), { shortcut: watch.shortcut });
    try {
      const report = feed(reader, file, chunk);
      taken = watch.plain.frames;
      const value = watch.finish('x', report, false);
      const { sizes: counts, ...facts } = value.facts;
      const sizes = [...counts.entries()].filter(([, count]) => count > 0);
      return JSON.stringify({ ...value, facts: { ...facts, sizes }, judged: judge(value.facts) });
    } catch (error) {
      if (error instanceof MtucalcError) return error.message;
      throw error;
    }
  }) as [string, string];
  return { slow, fast, taken };
}
