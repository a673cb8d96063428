import { MtucalcError } from '../error.js';
import { SCHEMA_VERSION, type SchemaVersion } from '../schema-version.js';
import type { Clamp, Format } from './facts.js';
import { readConfiguration } from './formats.js';
import { MOST } from './netfilter-rule.js';
import type { LintFinding, LintProfile } from './rule.js';
import { lintRules } from './rules/index.js';

/** The value of `mtucalc lint`; `--json` prints exactly this. */
export interface LintResult {
  readonly schemaVersion: SchemaVersion;
  readonly file: string;
  readonly format: Format;
  /** What was found to judge. */
  readonly read: {
    readonly clamps: number;
    readonly sourceNats: number;
    readonly fastPaths: number;
    readonly settings: number;
  };
  /** By line; the worst first on the same line. */
  readonly findings: readonly LintFinding[];
}

const weight = { problem: 0, warning: 1, info: 2 } as const;
const MOST_FINDINGS = 1000;
const MOST_CLAMPS = 1000;

/** A rule reached over several jumps counts once for each way it is seen. */
const distinct = (clamps: readonly Clamp[]): Clamp[] => [
  ...new Map(clamps.map((clamp) => [JSON.stringify({ ...clamp, text: '' }), clamp])).values(),
];

const tooMany: LintFinding = {
  code: 'not-all-followed',
  severity: 'warning',
  says: `more than ${MOST} ways through these rules: the rest was not judged`,
  evidence: [],
  fix: 'lint the mangle and nat tables alone: iptables-save -t mangle',
  line: 1,
};

/**
 * What breaks tunnels in a configuration. Without a profile only what is wrong whatever the tunnel.
 * @throws MtucalcError for text that is no configuration it knows.
 */
export function lint(
  text: string,
  profile: LintProfile = {},
  options: { readonly file?: string; readonly format?: string | undefined } = {},
): LintResult {
  const read = readConfiguration(text, options.format);
  const facts = { ...read, clamps: distinct(read.clamps) };
  if (facts.clamps.length > MOST_CLAMPS) {
    throw new MtucalcError(
      'too-many',
      `${facts.clamps.length} rules that change the MSS, ${MOST_CLAMPS} at most`,
      'is this one configuration?',
    );
  }
  // One line reached over several jumps says the same thing once.
  const seen = new Set<string>();
  const findings = lintRules
    .flatMap(({ check }) => check(facts, profile) as LintFinding[])
    .concat(facts.truncated ? [tooMany] : [])
    .filter(({ code, line, says }) => {
      const key = `${code} ${line} ${says}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => a.line - b.line || weight[a.severity] - weight[b.severity])
    .slice(0, MOST_FINDINGS);
  return {
    schemaVersion: SCHEMA_VERSION,
    file: options.file ?? '-',
    format: facts.format,
    read: {
      clamps: facts.clamps.length,
      sourceNats: facts.nats.length,
      fastPaths: facts.fastPaths.length,
      settings: facts.settings.length,
    },
    findings,
  };
}
