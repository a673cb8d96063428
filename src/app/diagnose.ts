import type { Imported } from '../device/imported.js';
import type { Diagnosed, ReadThing, Thing, ThingKind } from '../diagnose/answer.js';
import { boxOf } from '../diagnose/box.js';
import { carriesOf, contradictions, findingsOf, fitsOf, importedOf, targetOf } from '../diagnose/together.js';
import { MtucalcError } from '../error.js';
import { calculate } from '../mtu/calculate.js';
import type { CalcRequest, Calculation } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import { snippets } from '../snippet/snippets.js';
import type { StandardInput } from './analyze-files.js';
import { readThing } from './read-thing.js';

export interface DiagnoseRequest {
  readonly catalogue: Catalogue;
  /** What the command line says of the tunnel; wins over what is read. */
  readonly request: CalcRequest;
  /** Snippet target; without it that of the box that was shown. */
  readonly box?: string | undefined;
  readonly stdin: StandardInput;
}

/** Things taken at once; each is read whole. */
const MOST_THINGS = 32;

/**
 * Everything a person has, put together: what fits, what is set, what happens, what the path carries, and what to do.
 * @throws MtucalcError for a thing that is nothing known, and where there are too many.
 */
export async function diagnose(
  names: readonly string[],
  { catalogue, request, box, stdin }: DiagnoseRequest,
): Promise<Diagnosed> {
  if (names.length > MOST_THINGS)
    throw new MtucalcError(
      'usage',
      `${names.length} things are more than the ${MOST_THINGS} that are read at once`,
      'name those of one tunnel',
    );
  const read: ReadThing[] = [];
  for (const name of names)
    read.push(await readThing(name, { catalogue, request, stdin: stdin as NodeJS.ReadableStream & StandardInput }));
  const fits = fitsOf(read);
  const carries = carriesOf(read);
  const findings = findingsOf(read, contradictions(fits, carries, read));
  const target = targetOf(fits, carries, read);
  const things = read.map(thingOf);
  const [first] = findings;
  return {
    schemaVersion: SCHEMA_VERSION,
    things,
    fits,
    happens: read.flatMap(({ name, capture }) =>
      capture ? [{ verdict: capture.verdict, says: capture.says, of: name }] : [],
    ),
    carries,
    cause: first && first.severity !== 'info' ? first : null,
    findings,
    target,
    paste: pasteOf(
      target,
      importedOf(read).find(({ tunnelMtu }) => tunnelMtu === fits?.tunnelMtu),
      box ?? boxOf(things.flatMap(({ formats }) => formats)),
      catalogue,
    ),
    check: checksOf(read, carries, request),
  };
}

function thingOf({ name, capture, imported, linted }: ReadThing): Thing {
  const kinds: ThingKind[] = [];
  if (capture) kinds.push('capture');
  if (imported) kinds.push('calculation' in imported ? 'tunnels' : 'measurement');
  if (linted) kinds.push('configuration');
  const formats = [
    ...(capture?.text ? capture.text.forms : capture ? ['capture file'] : []),
    ...(imported?.formats ?? []),
    ...(linted ? [linted.format] : []),
  ];
  return { name, kinds, formats: [...new Set(formats)] };
}

/** The clamp for what fits; where a path carries less, for that. */
function pasteOf(
  target: Diagnosed['target'],
  tunnel: Imported | undefined,
  box: string | undefined,
  catalogue: Catalogue,
): Diagnosed['paste'] {
  if (!target || box === undefined) return null;
  const calculation = tunnel
    ? narrowed(tunnel, target.mtu, catalogue)
    : calculate({ linkMtu: target.mtu, tunnel: 'none' }, catalogue);
  try {
    const [snippet] = snippets([box], calculation).snippets;
    return snippet ? { target: snippet.target, title: snippet.title, text: snippet.text } : null;
  } catch (error) {
    // A box that cannot do it without more being said of it: the numbers stand all the same.
    if (error instanceof MtucalcError) return null;
    throw error;
  }
}

/** The same tunnel on the link that leaves no more than `mtu` inside: where the path is narrower than the own link. */
function narrowed({ calculation, request }: Imported, mtu: number, catalogue: Catalogue): Calculation {
  let narrow = calculation;
  for (let linkMtu = calculation.linkMtu; narrow.tunnelMtu > mtu && linkMtu > 576; linkMtu--) {
    narrow = calculate({ ...request, wan: undefined, linkMtu }, catalogue);
  }
  return narrow;
}

/** How to see whether it holds: the same tunnel, measured. */
function checksOf(things: readonly ReadThing[], carries: Diagnosed['carries'], request: CalcRequest): string[] {
  const host = carries.find(({ to }) => to !== null)?.to ?? 'HOST';
  const described = things.find(({ name, imported }) => name !== '-' && imported && 'calculation' in imported);
  const capture = things.find((thing) => thing.capture !== null);
  return [
    described
      ? `mtucalc verify ${host} --from ${quoted(described.name)}`
      : typeof request.cipher === 'string'
        ? `mtucalc verify ${host} --cipher ${request.cipher}`
        : `mtucalc probe ${host}`,
    ...(capture ? ['record again, then: mtucalc analyze FILE'] : []),
  ];
}

const quoted = (name: string): string => (/^[\w.,/+-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);
