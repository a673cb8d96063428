import { MtucalcError } from '../error.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import { assumptionsOf } from './assumptions.js';
import { budget, type MtuBudget, overheadRange, packetParts } from './budget.js';
import type { Alternative, CalcRequest, Calculation } from './calculation.js';
import { type Candidate, candidatesOf } from './candidates.js';
import type { Catalogue } from './catalogue.js';
import { linkOf } from './link.js';
import { smallest } from './smallest.js';
import { type Suite, suiteName } from './suite.js';
import { warningsOf } from './warnings.js';

interface Computed {
  readonly candidate: Candidate;
  readonly result: MtuBudget;
}

/**
 * From a request to the whole answer. Where a choice is left open (NAT-T, several proposals) every one is computed
 * and the smallest tunnel MTU is the recommended value.
 * @throws MtucalcError for what is unknown, illegal or leaves no room.
 */
export function calculate(request: CalcRequest, catalogue: Catalogue): Calculation {
  const candidates = candidatesOf(request, catalogue);
  const link = linkOf(request, catalogue, candidates[0]?.outer ?? undefined);
  const computed = candidates.map(
    (candidate): Computed => ({
      candidate,
      result: budget({ linkMtu: link.linkMtu, layers: candidate.stack.layers }),
    }),
  );
  // Of equal results the one with NAT-T is shown: it is the one that is safe for both.
  const chosen = computed.reduce((best, other) => {
    const less = other.result.tunnelMtu - best.result.tunnelMtu;
    return less < 0 || (less === 0 && other.candidate.stack.hasNatT && !best.candidate.stack.hasNatT) ? other : best;
  });
  const { candidate, result } = chosen;
  if (
    request.inner !== undefined &&
    candidate.stack.ownHeader !== null &&
    request.inner !== candidate.stack.ownHeader
  ) {
    throw new MtucalcError(
      'impossible',
      `transport mode with nothing inside keeps its own IPv${candidate.stack.ownHeader} header; IPv${request.inner} cannot stand inside`,
      `--outer ${request.inner}, or a tunnel such as --tunnel gre-ipsec`,
    );
  }
  const suites = [...new Set(computed.flatMap(({ candidate: one }) => one.suites))];
  const profile = { linkMtu: link.linkMtu, layers: candidate.stack.layers };
  return {
    schemaVersion: SCHEMA_VERSION,
    ...result,
    described: {
      wan: link.name,
      wanSource: link.source,
      tunnel: candidate.tunnel,
      layers: candidate.stack.layers.flatMap(({ name, limit }) => (limit ? [] : [name])),
      headers: candidate.stack.headers,
      suite: candidate.suiteName,
      natT: candidate.ipsec ? candidate.stack.hasNatT : null,
      outer: candidate.outer,
      implementation: candidate.implementation,
    },
    packet: packetParts(profile, result.tunnelMtu),
    overhead: overheadRange(profile),
    limiting:
      suites.length > 1 && candidate.suite && request.stack === undefined ? told(candidate.suite, suites) : null,
    assumptions: [...link.assumptions, ...assumptionsOf(request, catalogue, candidate, link.linkMtu)],
    alternatives: alternativesOf(request, catalogue, computed, chosen),
    warnings: [...link.warnings, ...warningsOf(result, candidate.ipsec ? suites : [], request)],
  };
}

/** A suite as the user wrote it, or by its own name where one proposal offers several. */
const told = (suite: Suite, all: readonly Suite[]): string =>
  all.some((other) => other.text === suite.text && suiteName(other) !== suiteName(suite))
    ? suiteName(suite)
    : suite.text;

function alternativesOf(
  request: CalcRequest,
  catalogue: Catalogue,
  computed: readonly Computed[],
  chosen: Computed,
): Alternative[] {
  const alternatives: Alternative[] = [];
  const add = (what: Alternative['what'], choice: string, { tunnelMtu, mss }: MtuBudget): void => {
    alternatives.push({ what, choice, tunnelMtu, mss });
  };
  for (const { candidate, result } of computed) {
    if (
      candidate.suiteName === chosen.candidate.suiteName &&
      candidate.stack.hasNatT !== chosen.candidate.stack.hasNatT
    ) {
      add('nat-t', candidate.stack.hasNatT ? 'with NAT-T' : 'without NAT-T', result);
    }
  }
  for (const { candidate, result } of computed) {
    if (
      candidate.suiteName !== chosen.candidate.suiteName &&
      candidate.stack.hasNatT === chosen.candidate.stack.hasNatT
    ) {
      add(
        'suite',
        candidate.suite
          ? told(
              candidate.suite,
              computed.flatMap(({ candidate: { suite } }) => suite ?? []),
            )
          : candidate.tunnel,
        result,
      );
    }
  }
  const other = chosen.candidate.outer === 4 ? 6 : 4;
  if (
    request.outer === undefined &&
    request.stack === undefined &&
    chosen.candidate.stack.layers.length > 0 &&
    chosen.candidate.outerOpen &&
    linkOf(request, catalogue).carries === undefined
  ) {
    const worst = smallest(
      { ...request, outer: other },
      catalogue,
      linkOf({ ...request, outer: other }, catalogue).linkMtu,
    );
    if (worst) add('outer', `IPv${other} outside`, worst);
  }
  return alternatives;
}
