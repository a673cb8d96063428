import { calculate } from '../mtu/calculate.js';
import type { CalcRequest, Calculation } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { type OptionTable, type OptionValues, text } from './option.js';
import { catalogueOf, type ProfileArguments, requestOf } from './profile-options.js';
import type { Terminal } from './terminal.js';

/** `--from` of every command that takes a profile. */
export const fromOption = {
  from: text({
    describe: 'device output that describes the tunnel: a file, or - for standard input; options beside it win',
    group: 'Tunnel:',
  }),
  'from-format': text({
    describe: 'its format, where it is not recognised (mtucalc import --help lists them)',
    group: 'Tunnel:',
  }),
} as const satisfies OptionTable;

/** A described profile, ready for `calculate(request, catalogue)`. */
export interface Described {
  readonly request: CalcRequest;
  readonly catalogue: Catalogue;
  /** Where the input says the link MTU; undefined without `--from`. */
  readonly link?: Pick<Calculation['described'], 'wan' | 'wanSource'>;
  /** What was read from where, and what does not agree; empty without `--from`. */
  readonly notes: readonly string[];
}

export type DescribedArguments = ProfileArguments & OptionValues<typeof fromOption>;

/**
 * The profile of a command line: its options alone, or with `--from` what the device output says and the options over
 * it. Of several SAs the limiting one counts.
 * @throws MtucalcError where the input cannot be read or lacks what is needed.
 */
export async function describe(args: DescribedArguments, terminal: Pick<Terminal, 'stdin'>): Promise<Described> {
  const request = requestOf(args);
  const base = await catalogueOf(args);
  const path = args.from;
  if (path === undefined) return { request, catalogue: base, notes: [] };
  const [{ importDevice }, { readPasteInput }] = await Promise.all([
    import('../device/import.js'),
    import('../io/paste-input.js'),
  ]);
  const { text, from } = await readPasteInput(path, terminal.stdin);
  const format = args['from-format'];
  const { value, catalogue } = importDevice(text, base, { from, format, overrides: request });
  const row = value.rows[value.limiting];
  const several = value.rows.length > 1 ? `, which limits of ${value.rows.length}` : '';
  return {
    request: value.request,
    catalogue,
    link: value.calculation.described,
    notes: [
      `from ${from} (${value.formats.join(', ')}), line ${row?.line ?? 1}: ${row?.suite ?? 'tunnel'}${several}; link MTU ${value.linkMtu} from ${value.link}`,
      ...value.assumptions.filter(({ what }) => what === 'input').map(({ says }) => says),
      ...value.findings.filter(({ severity }) => severity !== 'info').map(({ says }) => says),
    ],
  };
}

/** The calculation of a command line, with what `--from` took for granted among its assumptions. */
export async function calculationOf(args: DescribedArguments, terminal: Pick<Terminal, 'stdin'>): Promise<Calculation> {
  const { request, catalogue, notes, link } = await describe(args, terminal);
  const value = calculate(request, catalogue);
  if (notes.length === 0) return value;
  const read = notes.map((says) => ({ what: 'remark', says }) as const);
  const described = link ? { ...value.described, wan: link.wan, wanSource: link.wanSource } : value.described;
  return { ...value, described, assumptions: [...read, ...value.assumptions] };
}
