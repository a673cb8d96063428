import { MtucalcError } from '../error.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import { assumptionsOf } from './assumptions.js';
import { budget, type MtuBudget, overheadRange, packetParts } from './budget.js';
import type { Alternative, CalcRequest, Calculation } from './calculation.js';
import { type Candidate, type Computed, candidatesOf } from './candidates.js';
import type { Catalogue } from './catalogue.js';
import { linkOf } from './link.js';
import { smallest } from './smallest.js';
import { type Suite, suiteName } from './suite.js';
import { warningsOf } from './warnings.js';

/** The other IP version outside, where that is open, and what it would give; no result where it leaves no room. */
interface OtherOuter {
  readonly outer: 4 | 6;
  readonly result: MtuBudget | undefined;
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
  const otherOuter = otherOuterOf(request, catalogue, candidate);
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
    assumptions: [...link.assumptions, ...assumptionsOf({ request, catalogue, computed, chosen, otherOuter })],
    alternatives: alternativesOf(computed, chosen, otherOuter),
    warnings: [...link.warnings, ...warningsOf(result, candidate.ipsec ? suites : [], request)],
  };
}

/** A suite as the user wrote it, or by its own name where one proposal offers several. */
const told = (suite: Suite, all: readonly Suite[]): string =>
  all.some((other) => other.text === suite.text && suiteName(other) !== suiteName(suite))
    ? suiteName(suite)
    : suite.text;

function otherOuterOf(
  request: CalcRequest,
  catalogue: Catalogue,
  { outer, outerOpen }: Candidate,
): OtherOuter | undefined {
  if (request.outer !== undefined || !outerOpen || linkOf(request, catalogue).carries !== undefined) return undefined;
  const other = { ...request, outer: outer === 4 ? 6 : 4 } as const;
  return { outer: other.outer, result: smallest(other, catalogue, linkOf(other, catalogue).linkMtu) };
}

function alternativesOf(
  computed: readonly Computed[],
  chosen: Computed,
  otherOuter: OtherOuter | undefined,
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
  if (otherOuter?.result && chosen.candidate.stack.layers.length > 0)
    add('outer', `IPv${otherOuter.outer} outside`, otherOuter.result);
  return alternatives;
}
