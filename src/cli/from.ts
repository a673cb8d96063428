import { calculate } from '../mtu/calculate.js';
import type { CalcRequest, Calculation } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { checkNames } from '../mtu/check-names.js';
import type { ReadInterface } from '../snippet/plan.js';
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
  /** The tunnel's interface, where the input names it. */
  readonly readIf?: ReadInterface;
}

export type DescribedArguments = ProfileArguments & OptionValues<typeof fromOption>;

/**
 * The profile of a command line: its options alone, or with `--from` what the device output says and the options over
 * it. Of several tunnels the one with that interface counts, or else the limiting one.
 * @throws MtucalcError where the input cannot be read or lacks what is needed.
 */
export async function describe(
  args: DescribedArguments,
  terminal: Pick<Terminal, 'stdin'>,
  tunnelIf?: string,
): Promise<Described> {
  const request = requestOf(args);
  const base = await catalogueOf(args);
  const path = args.from;
  if (path === undefined) return { request, catalogue: base, notes: [] };
  const [{ importDevice }, { findFormat }, { readPasteInput }] = await Promise.all([
    import('../device/import.js'),
    import('../device/formats/index.js'),
    import('../io/paste-input.js'),
  ]);
  const format = args['from-format'];
  if (format !== undefined) findFormat(format);
  checkNames(request, base);
  const { text, from } = await readPasteInput(path, terminal.stdin);
  const { value, catalogue } = importDevice(text, base, { from, format, interface: tunnelIf, overrides: request });
  const row = value.rows[value.limiting];
  const asked = tunnelIf !== undefined && row?.interface === tunnelIf;
  const several = value.rows.length > 1 ? `, ${asked ? 'one' : 'which limits'} of ${value.rows.length}` : '';
  return {
    request: value.request,
    catalogue,
    link: value.calculation.described,
    ...(row?.interface && isWhole(row.interface)
      ? { readIf: { name: usable(row.interface), box: boxOf(value.formats) } }
      : {}),
    notes: [
      `from ${from} (${value.formats.join(', ')}), line ${row?.line ?? 1}: ${row?.suite ?? 'tunnel'}${several}; link MTU ${value.linkMtu} from ${value.link}`,
      ...value.assumptions.filter(({ what }) => what === 'input').map(({ says }) => says),
      ...value.findings.filter(({ severity }) => severity !== 'info').map(({ says }) => says),
    ],
  };
}

/** A long name, or one that looked like a key, is not shown whole and cannot be written. */
const isWhole = (name: string): boolean => !/…$|\(hidden\)/.test(name);

/** A RouterOS server's interfaces are dynamic, one for each user: rules name them together. */
const usable = (name: string): string => (/^(?:l2tp|sstp|pptp)-server server$/.test(name) ? 'all-ppp' : name);

function boxOf(formats: readonly string[]): ReadInterface['box'] {
  const boxes = ['routeros', 'cisco', 'fortios'] as const;
  return boxes.find((box) => formats.some((format) => format.startsWith(`${box}-`))) ?? 'linux';
}

/** The calculation of a command line, with what `--from` took for granted among its assumptions. */
export const calculationOf = async (
  args: DescribedArguments,
  terminal: Pick<Terminal, 'stdin'>,
): Promise<Calculation> => (await profileOf(args, terminal)).calculation;

/** The same, and the tunnel's interface where the input names it. */
export async function profileOf(
  args: DescribedArguments & { readonly 'tunnel-if'?: string | undefined },
  terminal: Pick<Terminal, 'stdin'>,
): Promise<{ readonly calculation: Calculation; readonly readIf?: ReadInterface | undefined }> {
  const { request, catalogue, notes, link, readIf } = await describe(args, terminal, args['tunnel-if']);
  const value = calculate(request, catalogue);
  if (notes.length === 0) return { calculation: value };
  const read = notes.map((says) => ({ what: 'remark', says }) as const);
  const described = link ? { ...value.described, wan: link.wan, wanSource: link.wanSource } : value.described;
  return { readIf, calculation: { ...value, described, assumptions: [...read, ...value.assumptions] } };
}
