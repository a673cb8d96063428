import type { Imported } from '../device/imported.js';
import type { Diagnosed, ReadThing, Thing, ThingKind } from '../diagnose/answer.js';
import { boxOf } from '../diagnose/box.js';
import { carriesOf, limitOf } from '../diagnose/paths.js';
import { type Symptom, symptoms } from '../diagnose/questions.js';
import { contradictions, findingsOf, fitsOf, importedOf, targetOf } from '../diagnose/together.js';
import { MtucalcError } from '../error.js';
import { calculate } from '../mtu/calculate.js';
import type { CalcRequest, Calculation } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { checkNames } from '../mtu/check-names.js';
import type { ProbeResult } from '../probe/result.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import { chosen } from '../snippet/choose.js';
import { snippets } from '../snippet/snippets.js';
import type { StandardInput } from './analyze-files.js';
import { readThing } from './read-thing.js';

/** What is known beside the things themselves, and whether hosts are measured. */
export interface DiagnoseRequest {
  readonly catalogue: Catalogue;
  /** What the command line says of the tunnel; wins over what is read. */
  readonly request: CalcRequest;
  /** Snippet target; without it that of the box that was shown. */
  readonly box?: string | undefined;
  /** What `-` among the names reads. */
  readonly stdin: StandardInput;
  /** What the person sees: the check begins with the commands that look at just that. */
  readonly symptom?: Symptom | undefined;
  /** Measures the path to a name that is no file; without it nothing is sent and every name is a file. */
  readonly probe?: ((host: string) => Promise<ProbeResult>) | undefined;
}

/** A tunnel as read, or as the options describe it. */
type Tunnel = Pick<Imported, 'calculation' | 'request'>;

/** Things taken at once; each is read whole. */
const MOST_THINGS = 32;

/**
 * Everything a person has, put together: what fits, what is set, what happens, what the path carries, and what to do.
 * @throws MtucalcError for a thing that is nothing known, a host that cannot be measured, and where there are too many.
 */
export async function diagnose(
  names: readonly string[],
  { catalogue, request, box, stdin, symptom, probe }: DiagnoseRequest,
): Promise<Diagnosed> {
  if (names.length > MOST_THINGS)
    throw new MtucalcError(
      'usage',
      `${names.length} things are more than the ${MOST_THINGS} that are read at once`,
      'name those of one tunnel',
    );
  // A name that nothing has is told before anything is read or sent.
  if (box !== undefined) chosen(box);
  checkNames(request, catalogue);
  const read: ReadThing[] = [];
  const stream = stdin as NodeJS.ReadableStream & StandardInput;
  for (const name of names) read.push(await readThing(name, { catalogue, request, stdin: stream, probe }));
  const said = importedOf(read).length === 0 ? saidOf(request, catalogue) : null;
  const fits = said ? fitsBy(said) : fitsOf(read);
  const carries = carriesOf(read);
  const findings = findingsOf(read, contradictions(fits, carries, read));
  const tunnel = said ?? importedOf(read).find(({ tunnelMtu }) => tunnelMtu === fits?.tunnelMtu);
  const target = targetOf(fits && tunnel ? onItsPath(fits, tunnel, carries, catalogue) : fits, carries, read);
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
    paste: pasteOf(target, tunnel, box ?? boxOf(things.flatMap(({ formats }) => formats)), catalogue),
    check: [...checksOf(read, carries, request), ...symptomChecks(symptom)].filter(isFirst),
  };
}

/** True where a request says what tunnel it is, not only what it runs over. */
export const namesTunnel = ({ cipher, tunnel, stack }: CalcRequest): boolean =>
  cipher !== undefined || tunnel !== undefined || stack !== undefined;

/** The tunnel that the options describe; null where they say nothing of one. */
const saidOf = (request: CalcRequest, catalogue: Catalogue): Tunnel | null =>
  namesTunnel(request) ? { request, calculation: calculate(request, catalogue) } : null;

function fitsBy({ calculation }: Tunnel): NonNullable<Diagnosed['fits']> {
  const { tunnelMtu, mss, linkMtu, described } = calculation;
  return { tunnelMtu, mss, linkMtu, says: described.suite ?? described.tunnel, of: 'the options' };
}

/** What fits where the path to the tunnel's far end is narrower than the link it was computed on. */
function onItsPath(
  fits: NonNullable<Diagnosed['fits']>,
  { request }: Tunnel,
  carries: Diagnosed['carries'],
  catalogue: Catalogue,
): Diagnosed['fits'] {
  const known = carries.flatMap((one) => (one.way === 'peer' ? (limitOf({ ...one, way: 'path' }) ?? []) : []));
  const least = Math.min(...known);
  if (least >= fits.linkMtu) return fits;
  const { tunnelMtu, mss } = calculate({ ...request, wan: undefined, linkMtu: least }, catalogue);
  return { ...fits, tunnelMtu, mss, linkMtu: least, of: `${fits.of} on the path of ${least} to its far end` };
}

function thingOf({ name, capture, imported, linted, probed }: ReadThing): Thing {
  const kinds: ThingKind[] = [];
  if (capture) kinds.push('capture');
  if (imported) kinds.push('calculation' in imported ? 'tunnels' : 'measurement');
  if (linted) kinds.push('configuration');
  if (probed) kinds.push('host');
  const formats = [
    ...(capture?.text ? capture.text.forms : capture ? ['capture file'] : []),
    ...(imported?.formats ?? []),
    ...(linted ? [linted.format] : []),
    ...(probed ? [`${probed.protocol} by ${probed.engine}`] : []),
  ];
  return { name, kinds, formats: [...new Set(formats)] };
}

/** The clamp for what fits; where a path carries less, for that. */
function pasteOf(
  target: Diagnosed['target'],
  tunnel: Tunnel | undefined,
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
function narrowed({ calculation, request }: Tunnel, mtu: number, catalogue: Catalogue): Calculation {
  let narrow = calculation;
  for (let linkMtu = calculation.linkMtu; narrow.tunnelMtu > mtu && linkMtu > 576; linkMtu--) {
    narrow = calculate({ ...request, wan: undefined, linkMtu }, catalogue);
  }
  return narrow;
}

/** How to see whether it holds: the same tunnel, measured. */
function checksOf(things: readonly ReadThing[], carries: Diagnosed['carries'], request: CalcRequest): string[] {
  const host = quoted(carries.find(({ to, way }) => to !== null && way === 'path')?.to ?? 'HOST');
  const described = things.find(({ name, imported }) => name !== '-' && imported && 'calculation' in imported);
  const capture = things.find((thing) => thing.capture !== null);
  return [
    described
      ? `mtucalc verify ${host} --from ${quoted(described.name)}`
      : typeof request.cipher === 'string'
        ? `mtucalc verify ${host} --cipher ${quoted(request.cipher)}${request.wan === undefined ? '' : ` --wan ${quoted(request.wan)}`}`
        : `mtucalc probe ${host}`,
    ...(capture ? ['record again, then: mtucalc analyze FILE'] : []),
  ];
}

const quoted = (name: string): string =>
  /^[\w.,/+:@%[\]-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;

const symptomChecks = (symptom: Symptom | undefined): readonly string[] =>
  symptoms.find(({ word }) => word === symptom)?.check ?? [];

const isFirst = (line: string, index: number, lines: readonly string[]): boolean => lines.indexOf(line) === index;
