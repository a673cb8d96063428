import type { Finding } from '../../finding.js';
import type { CalcRequest, Calculation } from '../../mtu/calculation.js';
import type { Catalogue } from '../../mtu/catalogue.js';
import { type Mss, mssOf } from '../../mtu/mss.js';
import { SCHEMA_VERSION, type SchemaVersion } from '../../schema-version.js';
import type { ProbeResult } from '../result.js';
import { explain } from './explain.js';
import type { Explanation } from './explanation.js';

/** Computed against measured: what `mtucalc verify --json` prints. Octets. */
export interface Verification {
  readonly schemaVersion: SchemaVersion;
  readonly host: string;
  readonly expected: Pick<Calculation, 'tunnelMtu' | 'mss' | 'linkMtu' | 'described'>;
  /** True, false, or null where the measurement cannot tell. */
  readonly agrees: boolean | null;
  /** Measured less computed; null where the measurement gave no number. */
  readonly difference: number | null;
  /** Most usual first; empty where the numbers agree. */
  readonly explanations: readonly Explanation[];
  /** What a clamp for the measured path takes; null where nothing was measured inside the tunnel. */
  readonly snippet: { readonly tunnelMtu: number; readonly mss: Mss } | null;
  readonly measured: ProbeResult;
  readonly findings: readonly Finding[];
}

/** Compares, and where they differ says which layer would explain it and how to find out. */
export function verify(
  request: CalcRequest,
  calculation: Calculation,
  measured: ProbeResult,
  catalogue: Catalogue,
): Verification {
  const { tunnelMtu, mss, linkMtu, described } = calculation;
  const low = measured.pathMtu ?? measured.interval?.low ?? 0;
  const high = measured.pathMtu ?? measured.interval?.high ?? 0;
  const silent = measured.mss === null || measured.verdict === 'target-silent' || measured.verdict === 'unfinished';
  // A local limit says nothing about the path above it.
  const capped = measured.verdict === 'local-limit' && low < tunnelMtu;
  const agrees =
    silent || capped ? null : low === high ? low === tunnelMtu : tunnelMtu < low || tunnelMtu > high ? false : null;
  const difference = low === high && !silent ? low - tunnelMtu : null;
  const explanations = agrees === false ? explain(request, { low, high }, catalogue) : [];
  return {
    schemaVersion: SCHEMA_VERSION,
    host: measured.host,
    expected: { tunnelMtu, mss, linkMtu, described },
    agrees,
    difference,
    explanations,
    snippet: silent || isOutside(low, calculation) ? null : { tunnelMtu: low, mss: mssOf(low) },
    measured,
    findings: [comparison(calculation, measured, { agrees, low, high, explanations }), ...measured.findings],
  };
}

/**
 * As large as the link or larger: no packet inside the tunnel that fits the link can be, so no number of the tunnel.
 */
const isOutside = (size: number, { linkMtu, tunnelMtu }: Calculation): boolean => size >= linkMtu && size > tunnelMtu;

interface Compared {
  readonly agrees: boolean | null;
  readonly low: number;
  readonly high: number;
  readonly explanations: readonly Explanation[];
}

function comparison(calculation: Calculation, measured: ProbeResult, compared: Compared): Finding {
  const { agrees, low, high, explanations } = compared;
  const { tunnelMtu, linkMtu } = calculation;
  const evidence = [
    { value: tunnelMtu, from: 'computed tunnel MTU' },
    {
      value: low === high ? low : `${low} to ${high}`,
      from: `measured by ${measured.engine}, ${measured.probes} probes`,
    },
  ];
  if (agrees === true) {
    const says = `computed and measured agree: ${tunnelMtu} octets, MSS ${calculation.mss.ipv4} (IPv4) and ${calculation.mss.ipv6} (IPv6)`;
    return { code: 'agrees', severity: 'info', says, evidence };
  }
  if (agrees === null) {
    const why =
      measured.verdict === 'local-limit'
        ? `this host's interface carries only ${low}`
        : measured.verdict === 'target-silent'
          ? 'the target does not answer'
          : `measured is only known to lie between ${low} and ${high}`;
    return { code: 'undecided', severity: 'warning', says: `computed ${tunnelMtu}; ${why}`, evidence };
  }
  const measuredText = low === high ? `${low}` : `between ${low} and ${high}`;
  const octets = low === high ? `, ${Math.abs(low - tunnelMtu)} octets ${low < tunnelMtu ? 'less' : 'more'}` : '';
  if (isOutside(low, calculation)) {
    return {
      code: 'not-through-the-tunnel',
      severity: 'problem',
      says: `measured ${low} is ${low === linkMtu ? 'the whole link MTU' : `above the link MTU ${linkMtu}`}, computed is ${tunnelMtu}: either these packets do not go through the tunnel, or the tunnel fragments its own outer packets (GRE with nopmtudisc, RouterOS with dont-fragment=no), which looks the same from here`,
      evidence,
      fix: 'check route and policy towards the host (ip route get), and tcpdump for fragments on the WAN of the gateway',
    };
  }
  const best = explanations[0];
  const cause = best
    ? `most likely ${best.says}`
    : 'no single layer or pair explains it: look for an MTU set by hand on an interface of the way';
  return {
    code: 'differs',
    severity: 'problem',
    says: `computed ${tunnelMtu}, measured ${measuredText}${octets}: ${cause}`,
    evidence,
    fix: best?.test ?? 'ip link on both gateways',
  };
}
