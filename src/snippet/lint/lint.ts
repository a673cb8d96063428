import type { Format } from './facts.js';
import { readConfiguration } from './formats.js';
import type { LintFinding, LintProfile } from './rule.js';
import { lintRules } from './rules/index.js';

/** The value of `mtucalc lint`; `--json` prints exactly this. */
export interface LintResult {
  readonly schemaVersion: 1;
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

/**
 * What breaks tunnels in a configuration. Without a profile only what is wrong whatever the tunnel.
 * @throws MtucalcError for text that is no configuration it knows.
 */
export function lint(
  text: string,
  profile: LintProfile = {},
  options: { readonly file?: string; readonly format?: string | undefined } = {},
): LintResult {
  const facts = readConfiguration(text, options.format);
  // One line reached over several jumps says the same thing once.
  const seen = new Set<string>();
  const findings = lintRules
    .flatMap(({ check }) => check(facts, profile) as LintFinding[])
    .filter(({ code, line, says }) => {
      const key = `${code} ${line} ${says}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => a.line - b.line || weight[a.severity] - weight[b.severity])
    .slice(0, MOST_FINDINGS);
  return {
    schemaVersion: 1,
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
