import type { Severity } from '../../finding.js';
import type { LintResult } from '../../lint/lint.js';
import type { LintFinding } from '../../lint/rule.js';
import { lintRules } from '../../lint/rules/index.js';

const level: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  problem: 'error',
  warning: 'warning',
  info: 'note',
};

/** A path relative to where the command ran, as SARIF wants it; standard input has none. */
const uriOf = (file: string): string => encodeURI(file.replace(/^\.\//, '').replaceAll('\\', '/'));

/** Lines that a finding names, the first of them its own. */
const linesOf = ({ line, evidence }: LintFinding): number[] => [
  ...new Set([line, ...evidence.map(({ from }) => Number(/^line (\d+)$/.exec(from)?.[1] ?? line))]),
];

/** SARIF 2.1.0 (OASIS), as code scanning services take it: one run, one result for each finding. */
export function lintSarif({ file, findings }: LintResult): string {
  const place = (line: number) => ({
    physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: Math.max(1, line) } },
  });
  const used = new Set(findings.map(({ code }) => code));
  const rules = lintRules.filter(({ code }) => used.has(code));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'mtucalc',
            rules: rules.map(({ code, summary }) => ({ id: code, shortDescription: { text: summary } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => {
          const [first = 1, ...others] = linesOf(finding);
          return {
            ruleId: finding.code,
            level: level[finding.severity],
            message: { text: finding.fix === undefined ? finding.says : `${finding.says}. Fix: ${finding.fix}` },
            locations: [place(first)],
            ...(others.length === 0 ? {} : { relatedLocations: others.map((line, id) => ({ id, ...place(line) })) }),
          };
        }),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
