import { MtucalcError } from '../error.js';
import type { EngineState } from '../probe/diagnosis.js';
import type { EngineId } from '../probe/engine.js';

/** Makes the states of one engine. */
export const stateOf =
  (id: EngineId) =>
  (available: boolean, says: string, unlock: EngineState['unlock'] = null): EngineState => ({
    id,
    available,
    says,
    unlock,
  });

export const notLinux = (id: EngineId): EngineState =>
  stateOf(id)(false, `runs on Linux only, this is ${process.platform}`);

/** The single executable brings its native parts along, and needs a place to run them from. */
export const elsewhere = {
  command: 'TMPDIR=$HOME mtucalc doctor',
  grants:
    'the parts inside this executable are unpacked there for a moment; any folder that is not mounted noexec does',
};

/** What Node says of a package that is not there, imported or required. */
const ABSENT: readonly string[] = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];

/** What is said of an engine where the C library could not be loaded. */
export function withoutLibc(id: EngineId, error: unknown): EngineState {
  if (error instanceof MtucalcError) return stateOf(id)(false, error.message, elsewhere);
  const { code, message } = error as NodeJS.ErrnoException;
  const says = code !== undefined && ABSENT.includes(code) ? 'the package koffi is absent' : message;
  return stateOf(id)(false, says, { command: 'npm install koffi', grants: 'calls into the C library, as this user' });
}
