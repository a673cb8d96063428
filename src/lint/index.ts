/** `mtucalc/lint`: what breaks tunnels in a configuration; pure. */
export { MtucalcError } from '../error.js';
export { formats as lintFormats } from './formats.js';
export { type LintResult, lint } from './lint.js';
export type { LintFinding, LintProfile } from './rule.js';
