import { MtucalcError } from '../error.js';
import { shown } from '../mtu/nearest.js';
import { formats, formatsOf } from '../report/index.js';
import type { Kind } from '../report/values.js';
import { type OptionTable, type OptionValues, off, text } from './option.js';

/** Options every command has: how its answer is written. */
export const outputOptions = {
  format: text({
    describe: `how the answer is written: ${formats.map(({ id, says }) => `${id} (${says})`).join(', ')}`,
    group: 'Output:',
  }),
  json: off({ describe: 'the same as --format json', group: 'Output:' }),
  strict: off({
    describe: 'exit code 3 where the answer is undecided: an interval, inconclusive, not read',
    group: 'Output:',
  }),
} as const satisfies OptionTable;

/** What `--format` of lint and import was before: the language of the input. */
const inputLanguages = async (): Promise<readonly string[]> => {
  const [{ deviceFormats }, lint] = await Promise.all([
    import('../device/formats/index.js'),
    import('../lint/formats.js'),
  ]);
  return [...deviceFormats, ...lint.formats].map(({ id }) => id);
};

/**
 * The format that was asked for, one that this kind of value has.
 * @throws MtucalcError for any other.
 */
export async function formatOf(
  { format, json }: Pick<OptionValues<typeof outputOptions>, 'format' | 'json'>,
  kind: Kind,
): Promise<string> {
  const asked = format?.toLowerCase();
  if (asked === undefined) return json ? 'json' : 'text';
  const known = formatsOf(kind).map(({ id }) => id);
  if (!known.includes(asked)) {
    // Loaded for the commands that had it only: others stand in small files that lack the readers.
    const language = (kind === 'lint' || kind === 'import') && (await inputLanguages()).includes(asked);
    throw new MtucalcError(
      'usage',
      `--format ${shown(asked)} is not known: --format is how the answer is written`,
      language ? `--from-format ${asked} says what language the input is in` : `${kind} writes ${known.join(', ')}`,
    );
  }
  if (json && asked !== 'json') throw new MtucalcError('usage', `--json and --format ${asked} contradict each other`);
  return asked;
}
