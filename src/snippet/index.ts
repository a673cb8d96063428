/** `mtucalc/snippet`: configuration text from a calculation; pure. */
export { MtucalcError } from '../error.js';
export { joined, type LeftOut, type Snippet } from './emit.js';
export { type ClampPlan, type PlanChoices, planOf } from './plan.js';
export { type SnippetSet, snippets } from './snippets.js';
export type { SnippetTarget } from './target.js';
export { targets } from './targets/index.js';
