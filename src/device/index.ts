/** `mtucalc/import`: from pasted device output to a profile; pure. Keys in the input are never kept. */
export { MtucalcError } from '../error.js';
export { deviceFormats } from './formats/index.js';
export { type ImportOptions, type ImportResult, importDevice } from './import.js';
export type { Imported, ImportedRow } from './imported.js';
export { decodePaste } from './paste.js';
