/** `mtucalc/calc`: what fits, from a description; pure. */
export { MtucalcError } from '../error.js';
export type { Evidence, Finding, Severity } from '../finding.js';
export { ahLayer } from './ah.js';
export { type BudgetStep, budget, type MtuBudget, type NextStep, overheadRange, packetParts } from './budget.js';
export { calculate } from './calculate.js';
export type { Alternative, Assumption, CalcRequest, Calculation } from './calculation.js';
export { type Catalogue, extendCatalogue } from './catalogue.js';
export { type Axis, axes, type Choices, type Comparison, compare } from './compare.js';
export { type EspMode, espLayer } from './esp.js';
export { type Identification, identify, type Match, type Observed, type Reading } from './identify.js';
export { fixedLayer, type Layer, type Part } from './layer.js';
export { type Mss, mssOf } from './mss.js';
export { fitAll, type Profile, wrapAll } from './profile.js';
export { parseSuites } from './proposals.js';
export { buildStack } from './stack.js';
export { parseStack } from './stack-text.js';
export { parseProposal, type Suite, suiteName } from './suite.js';
