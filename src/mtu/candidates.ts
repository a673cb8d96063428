import { MtucalcError } from '../error.js';
import { canonical, findRow } from './alias.js';
import type { MtuBudget } from './budget.js';
import type { CalcRequest } from './calculation.js';
import type { Catalogue, ImplementationRow, IntegRow, TunnelRow } from './catalogue.js';
import { refuseContradictions } from './contradictions.js';
import { limitLayer } from './layer.js';
import { findWan, outerOf } from './link.js';
import { hintForRow, shown } from './nearest.js';
import { OPENVPN_INTEG, openvpnName } from './openvpn.js';
import { cipherText, suitesAsked } from './proposals.js';
import { buildStack } from './stack.js';
import { parseStack } from './stack-text.js';
import type { Effects, Stack } from './stack-walk.js';
import { ASSUMED_INTEG, ahSuite, parseInteg, type Suite, saysTruncation, suiteName } from './suite.js';
import { expandTunnel, findTunnel, fixedOuter, isIpsec, isOpenvpn } from './tunnel.js';

/** One way the request can turn out. */
export interface Candidate {
  readonly stack: Stack;
  readonly suite: Suite | null;
  /** Every suite of the stack, AH among them. */
  readonly suites: readonly Suite[];
  readonly suiteName: string | null;
  readonly tunnel: string;
  readonly ipsec: boolean;
  readonly outer: 4 | 6 | null;
  /** True where `--outer` would choose. */
  readonly outerOpen: boolean;
  readonly implementation: string | null;
  /** What must be so for the lengths to hold. */
  readonly remark: string | undefined;
}

/** With what it leaves inside. */
export interface Computed {
  readonly candidate: Candidate;
  readonly result: MtuBudget;
}

/** The row of an implementation; null where none is named. @throws MtucalcError for an unknown one. */
export function implementationOf(name: string | undefined, catalogue: Catalogue): ImplementationRow | null {
  if (name === undefined) return null;
  const row = findRow(catalogue.implementations, name);
  if (!row)
    throw new MtucalcError(
      'unknown-name',
      `unknown implementation ${shown(name)}`,
      hintForRow(name, catalogue.implementations),
    );
  return row;
}

function asImplemented(suite: Suite, effects: Effects, catalogue: Catalogue): Suite {
  const swap = (integ: IntegRow | null): IntegRow | null => {
    const effect = effects.find((one) => one.kind === 'icv' && one.integ === integ?.id);
    return effect?.kind === 'icv' ? parseInteg(effect.use, catalogue) : integ;
  };
  return suite.truncationSaid ? suite : { ...suite, integ: swap(suite.integ), ah: swap(suite.ah) };
}

function suitesOf({ cipher, auth, ah }: CalcRequest, catalogue: Catalogue, assumedInteg: string): Suite[] {
  if (!ah) return cipher === undefined ? [] : suitesAsked(cipher, catalogue, { auth, assumedInteg });
  const integ = parseInteg(auth ?? assumedInteg, catalogue);
  if (integ.icv === 0)
    throw new MtucalcError('incomplete', 'AH needs an integrity algorithm', 'for example --ah --auth sha256');
  if (cipher === undefined) {
    return [ahSuite(auth ?? `ah-${integ.id}`, integ, auth === undefined)];
  }
  return suitesAsked(cipher, catalogue).map((suite) => {
    if (suite.ah && auth !== undefined && suite.ah !== integ) {
      throw new MtucalcError(
        'impossible',
        `--auth ${shown(auth)} and ${shown(cipherText(cipher))} name two algorithms for AH`,
        'leave one of them out',
      );
    }
    if (suite.ah) return suite;
    return {
      ...suite,
      integ: suite.integAssumed ? null : suite.integ,
      integAssumed: auth === undefined,
      truncationSaid: auth !== undefined && saysTruncation(canonical(auth), integ),
      ah: integ,
    };
  });
}

/** Every combination that the request leaves open, at least one. */
export function candidatesOf(request: CalcRequest, catalogue: Catalogue, integ?: string): Candidate[] {
  const implementation = implementationOf(request.impl, catalogue);
  const effects = implementation?.effects ?? [];
  const name = implementation?.name ?? null;
  const assumed = integ ?? assumedIntegOf(request, catalogue);
  if (request.stack !== undefined)
    return [fromStack(request, request.stack, catalogue, effects, name, assumed)].map((one) =>
      withInside(one, request, catalogue),
    );
  const suites = suitesOf(request, catalogue, assumed).map((suite) => asImplemented(suite, effects, catalogue));
  const row = findTunnel(request.tunnel ?? (suites.length > 0 ? 'ipsec' : 'none'), catalogue);
  refuseContradictions(request, row, suites.length > 0, catalogue);
  const ipsec = isIpsec(row);
  const openvpn = isOpenvpn(row);
  const outer = fixedOuter(row) ?? outerOf(request, catalogue);
  return (suites.length > 0 ? suites : [null]).flatMap((suite) =>
    natTChoices(request, openvpn ? null : suite).map((natT): Candidate => {
      const elements = expandTunnel(row, { outer, natT, suite, mode: request.mode }, catalogue);
      const candidate = {
        stack: buildStack(elements, catalogue, effects),
        suite,
        suites: suite ? [suite] : [],
        suiteName: suite && (openvpn ? `OpenVPN ${openvpnName(suite)}` : suiteName(suite)),
        tunnel: row.name,
        ipsec,
        outer: row.stack.includes('{outer}') ? outer : fixedOuter(row),
        outerOpen: row.stack.includes('{outer}'),
        implementation: name,
        remark: remarkOf(row, outer),
      };
      return withInside(candidate, request, catalogue);
    }),
  );
}

/** The integrity algorithm that is taken where none is named: the tunnel's own usual one. */
export function assumedIntegOf({ tunnel }: CalcRequest, catalogue: Catalogue): string {
  return tunnel !== undefined && isOpenvpn(findTunnel(tunnel, catalogue)) ? OPENVPN_INTEG : ASSUMED_INTEG;
}

/** Where the far end takes no larger packet than it says, that bound is the innermost of all. */
function withInside(candidate: Candidate, { wan }: CalcRequest, catalogue: Catalogue): Candidate {
  const row = wan === undefined ? undefined : findWan(wan, catalogue);
  if (!row?.inside) return candidate;
  const limit = limitLayer(`${row.name}: ${row.inside.mtu} at most`, row.inside.mtu, row.source);
  return { ...candidate, stack: { ...candidate.stack, layers: [...candidate.stack.layers, limit] } };
}

const LINUX_ENCAPLIMIT =
  'Linux puts an 8-octet encapsulation limit into IPv6 tunnels unless it is told `encaplimit none` (RFC 2473 §4.1.1): 8 less with it';

function remarkOf(row: TunnelRow, outer: 4 | 6): string | undefined {
  const limited = outer === 6 && /\/(gre|ipip)/.test(row.stack) && !row.stack.includes('encaplimit') && !isIpsec(row);
  return row.remark ?? (limited ? LINUX_ENCAPLIMIT : undefined);
}

function natTChoices({ natT }: CalcRequest, suite: Suite | null): readonly boolean[] {
  if (!suite) return [false];
  if (suite.ah) {
    if (natT === true)
      throw new MtucalcError(
        'impossible',
        'AH cannot cross NAT: its ICV covers the addresses, and NAT-T encapsulates ESP only (RFC 3948 §1)',
        'leave --nat-t or --ah out',
      );
    return [false];
  }
  return natT === undefined ? [true, false] : [natT];
}

function fromStack(
  request: CalcRequest,
  text: string,
  catalogue: Catalogue,
  effects: Effects,
  implementation: string | null,
  assumedInteg: string,
): Candidate {
  const clash = (['cipher', 'auth', 'tunnel', 'mode', 'natT', 'outer', 'ah'] as const).find(
    (name) => request[name] !== undefined && request[name] !== false,
  );
  if (clash) {
    const option = clash === 'natT' ? 'nat-t' : clash;
    throw new MtucalcError(
      'impossible',
      `--stack and --${option} contradict each other`,
      'say it in the stack: ipv4/natt/esp:aes256-sha256:transport/gre',
    );
  }
  const elements = parseStack(text, catalogue, assumedInteg).map((element) =>
    element.kind === 'header' ? element : { ...element, suite: asImplemented(element.suite, effects, catalogue) },
  );
  if (
    elements.some((element) => element.kind === 'header' && element.row.id === 'pppoe') &&
    request.wan !== undefined &&
    findRow(catalogue.wan, request.wan)?.id.startsWith('pppoe')
  ) {
    throw new MtucalcError('impossible', 'PPPoE is counted twice: in --wan and in the stack', 'leave one of them out');
  }
  const suites = elements.flatMap((element) => (element.kind === 'header' ? [] : [element.suite]));
  const outer = elements.find((element) => element.kind === 'header' && /^ipv[46]$/.test(element.row.id));
  return {
    stack: buildStack(elements, catalogue, effects),
    suite: suites[0] ?? null,
    suites,
    suiteName: suites.length > 0 ? suites.map(suiteName).join(' inside ') : null,
    tunnel: `stack ${text}`,
    ipsec: elements.some(({ kind }) => kind !== 'header'),
    outer: outer?.kind === 'header' ? (outer.row.id === 'ipv4' ? 4 : 6) : null,
    outerOpen: false,
    implementation,
    remark: undefined,
  };
}
