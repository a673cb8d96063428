import { MtucalcError } from '../error.js';
import { gravestFirst } from '../finding.js';
import { cleanLine, unfinishedNumber } from '../pasted-line.js';
import { SCHEMA_VERSION, type SchemaVersion } from '../schema-version.js';
import { place } from './facts.js';
import { readConfiguration } from './formats.js';
import { judge } from './judged.js';
import type { LintProfile } from './profile.js';
import type { LintFinding } from './rule.js';
import { lintRules } from './rules/index.js';
import { type Walk, walksOf } from './walks.js';

/** The value of `mtucalc lint`; `--json` prints exactly this. */
export interface LintResult {
  readonly schemaVersion: SchemaVersion;
  readonly file: string;
  readonly format: string;
  /** What was found to judge. */
  readonly read: {
    /** Lines that say something, and those of them that were understood. */
    readonly lines: number;
    readonly understood: number;
    readonly clamps: number;
    readonly sourceNats: number;
    readonly fastPaths: number;
    readonly interfaces: number;
    readonly settings: number;
  };
  /** Whether MSS and MTU were held against what fits: the tunnel was described. */
  readonly compared: boolean;
  /** What becomes of the MSS of each tunnel, way by way. */
  readonly walks: readonly Walk[];
  /** By line; the worst first on the same line. */
  readonly findings: readonly LintFinding[];
}

const MOST_FINDINGS = 1000;
const MOST_CLAMPS = 1000;
/** Each is judged with each of the others. */
const MOST_DEVICES = 2000;

const tooMany: LintFinding = {
  code: 'not-all-followed',
  severity: 'warning',
  says: 'more ways through these rules than are followed: the rest was not judged',
  evidence: [],
  fix: 'lint the mangle and nat tables alone: iptables-save -t mangle',
  line: 1,
};

/**
 * What breaks tunnels in a configuration. Without a profile only what is wrong whatever the tunnel.
 * @throws MtucalcError for text that is no configuration it knows.
 */
export function lint(
  pasted: string,
  profile: LintProfile = {},
  options: { readonly file?: string; readonly format?: string | undefined } = {},
): LintResult {
  const text = pasted
    .split(/\r*\n|\r/)
    .map(cleanLine)
    .join('\n');
  const facts = readConfiguration(text, options.format);
  if (facts.devices.length > MOST_DEVICES)
    throw new MtucalcError(
      'too-many',
      `${facts.devices.length} tunnel interfaces, ${MOST_DEVICES} at most`,
      'is this one configuration?',
    );
  const all = [...facts.ruleset.chains.values()].flat();
  const doing = (...what: readonly string[]): number =>
    new Set(
      all
        .filter(({ actions }) => actions.some(({ do: did }) => what.includes(did)))
        .map(({ line, text: of }) => `${line} ${of}`),
    ).size;
  const clamps = doing('clamp');
  if (clamps > MOST_CLAMPS)
    throw new MtucalcError(
      'too-many',
      `${clamps} rules that change the MSS, ${MOST_CLAMPS} at most`,
      'is this one configuration?',
    );
  const first = text.split(/\r?\n/).findIndex((line) => line.trim() !== '');
  // In a file of wg-quick the interface is %i, whatever it is called.
  const known =
    facts.format === 'wireguard' && profile.tunnelIf !== undefined ? { ...profile, tunnelIf: '%i' } : profile;
  const start = place(first + 1, text.split(/\r?\n/)[first] ?? '');
  const judged = judge(facts, known, start, unfinishedNumber(pasted));
  // One line reached over several jumps says the same thing once.
  const seen = new Set<string>();
  const findings = lintRules
    .flatMap(({ check }) => check(judged))
    .concat(judged.walker.truncated || judged.bulk.truncated ? [tooMany] : [])
    .filter(({ code, line, says }) => {
      const key = `${code} ${line} ${says}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => a.line - b.line || gravestFirst(a.severity, b.severity))
    .slice(0, MOST_FINDINGS);
  return {
    schemaVersion: SCHEMA_VERSION,
    file: options.file ?? '-',
    format: facts.format,
    read: {
      lines: facts.count.lines,
      understood: facts.count.read,
      clamps,
      sourceNats: doing('source-nat'),
      fastPaths: doing('fasttrack', 'flow'),
      interfaces: facts.devices.length,
      settings: facts.settings.length,
    },
    compared: profile.mss !== undefined,
    walks: walksOf(judged.groups),
    findings,
  };
}
