import type { Finding } from '../finding.js';
import { OTHER_FLOWS } from '../probe/judge/findings.js';
import type { FlowResult, ProbeResult } from '../probe/result.js';

/** Flows measured one after the other, at most: each is a measurement of its own. */
export const MOST_FLOWS = 32;

/** One result for several flows of one host: the narrowest flow's, with all of them beside it. */
export function narrowest(all: readonly ProbeResult[]): ProbeResult {
  const flows = all.map(({ pathMtu, interval, verdict }, flow): FlowResult => {
    return {
      flow,
      verdict,
      ...(pathMtu === undefined ? {} : { pathMtu }),
      ...(interval === undefined ? {} : { interval }),
    };
  });
  const least = (one: ProbeResult): number => one.pathMtu ?? one.interval?.low ?? Number.POSITIVE_INFINITY;
  const heard = all.filter(({ mss }) => mss !== null);
  const first = heard.reduce((a, b) => (least(b) < least(a) ? b : a), heard[0] ?? (all[0] as ProbeResult));
  const numbers = new Set(heard.map(least));
  const probes = all.reduce((sum, one) => sum + one.probes, 0);
  const elapsedMs = all.reduce((sum, one) => sum + one.elapsedMs, 0);
  // The other flows are no longer among what was not looked at.
  const blindTo = first.blindTo.filter((text) => text !== OTHER_FLOWS);
  if (numbers.size < 2) return { ...first, flows, probes, elapsedMs, blindTo };
  const narrow = flows.filter((_, i) => all[i] !== undefined && least(all[i] as ProbeResult) === least(first));
  const finding: Finding = {
    code: 'flows-differ',
    severity: 'problem',
    says: `flows between the same hosts take paths of different MTU: ${narrow.length} of ${all.length} flows carry no more than ${least(first)} octets (flow ${narrow.map(({ flow }) => flow).join(', ')}), others up to ${Math.max(...numbers)}`,
    evidence: [...numbers].map((value) => ({ value, from: 'largest size that arrived by a flow' })),
    fix: 'the narrow path is to be widened, or its number used for all',
  };
  return {
    ...first,
    verdict: 'flows-differ',
    flows,
    probes,
    elapsedMs,
    blindTo,
    findings: [finding, ...first.findings],
  };
}
