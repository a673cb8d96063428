import type { CalcRequest } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import type { OptionTable } from './command.js';
import { once } from './option.js';
import { catalogueOf, requestOf } from './profile-options.js';
import type { Terminal } from './terminal.js';

/** `--from` of every command that takes a profile. */
export const fromOption = {
  from: {
    type: 'string',
    requiresArg: true,
    describe: 'device output (file, or - for standard input) that describes the tunnel; options given beside it win',
    group: 'Tunnel:',
  },
  format: {
    type: 'string',
    requiresArg: true,
    describe: 'format of --from where it is not recognised (mtucalc import --help lists them)',
    group: 'Tunnel:',
  },
} as const satisfies OptionTable;

/** A described profile, ready for `calculate(request, catalogue)`. */
export interface Described {
  readonly request: CalcRequest;
  readonly catalogue: Catalogue;
  /** What was read from where and what was taken for granted; for stderr or the result's assumptions. Empty without `--from`. */
  readonly notes: readonly string[];
}

/**
 * The profile of a command line: its options alone, or with `--from` what the device output says and the options over it.
 * Of several SAs the limiting one counts.
 */
export async function describe(
  args: Readonly<Record<string, unknown>>,
  terminal: Pick<Terminal, 'stdin'>,
): Promise<Described> {
  const request = requestOf(args);
  const base = await catalogueOf(args);
  const path = once(args, 'from');
  if (path === undefined) return { request, catalogue: base, notes: [] };
  const [{ importDevice }, { readPasteInput }] = await Promise.all([
    import('../device/import.js'),
    import('../io/paste-input.js'),
  ]);
  const { text, from } = await readPasteInput(path, terminal.stdin);
  const { value, catalogue } = importDevice(text, base, { from, format: once(args, 'format'), overrides: request });
  const row = value.rows[value.limiting];
  const several = value.rows.length > 1 ? `; of ${value.rows.length} the limiting one` : '';
  return {
    request: value.request,
    catalogue,
    notes: [
      `from ${from} (${value.formats.join(', ')}), line ${row?.line ?? 1}: ${row?.suite ?? 'tunnel'}${several}`,
      ...value.findings.filter(({ severity }) => severity !== 'info').map(({ says }) => says),
    ],
  };
}
