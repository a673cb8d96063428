import { MtucalcError } from '../error.js';
import { calculate } from '../mtu/calculate.js';
import type { Assumption, CalcRequest, Calculation } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { unfinishedText } from '../pasted-line.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import { crossCheck } from './cross-check.js';
import { deviceFormats, findFormat } from './formats/index.js';
import type { Imported } from './imported.js';
import { type Merged, mergeReadings } from './merge.js';
import { otherOutput } from './other-output.js';
import { splitPaste } from './paste.js';
import { type Association, blankAssociation, type DeviceFormat, type Paste } from './reading.js';
import { type Answered, answer, type Calculator, rememberingCalculator } from './request.js';
import { type Missing, type RowGroup, rowsOf } from './rows.js';
import { type Transform, transformOf } from './transform.js';

export interface ImportOptions {
  /** For messages: the file's name, or `standard input`. */
  readonly from: string;
  /** Read as this format whatever it looks like. */
  readonly format?: string | undefined;
  /** Of several tunnels the one with this interface; without it, or where none has it, the one with the least room. */
  readonly interface?: string | undefined;
  /** What the command line says; wins over what was read. */
  readonly overrides: CalcRequest;
}

/** The limiting association as the calculator was asked about it. */
export interface ImportResult {
  readonly value: Imported;
  /** With the rows that the device's ICV lengths needed. */
  readonly catalogue: Catalogue;
}

/**
 * From pasted device output to the profile, its budget and what had to be taken for granted.
 * @throws MtucalcError where nothing was recognised, or what is needed is missing.
 */
export function importDevice(
  text: string,
  catalogue: Catalogue,
  { from, format, overrides, interface: wanted }: ImportOptions,
): ImportResult {
  const paste = splitPaste(text);
  const read = readPaste(paste, from, format);
  const merged = read.associations.length > 0 ? read : { ...read, associations: given(read, overrides) };
  const calculator = rememberingCalculator();
  const groups = rowsOf(merged.associations, (association) =>
    ask(association, merged, overrides, catalogue, calculator),
  );
  const answered = groups.filter((group): group is RowGroup & { answer: Answered } => group.answer !== null);
  const asked = answered.filter(({ row }) => wanted !== undefined && row.interface === wanted);
  const [first, ...others] = asked.length > 0 ? asked : answered;
  if (!first) throw incomplete(groups, merged, from, paste);
  const limiting = others.reduce(
    (least, group) => (group.answer.calculation.tunnelMtu < least.answer.calculation.tunnelMtu ? group : least),
    first,
  );
  const { request, link, catalogue: extended } = limiting.answer;
  const calculation = withSource(limiting.answer);
  const value: Imported = {
    schemaVersion: SCHEMA_VERSION,
    formats: merged.formats,
    linkMtu: calculation.linkMtu,
    tunnelMtu: calculation.tunnelMtu,
    mss: calculation.mss,
    link: link?.from ?? calculation.described.wan,
    rows: groups.map(({ row }) => row),
    limiting: groups.indexOf(limiting),
    request,
    calculation,
    assumptions: assumptionsOf(limiting, merged, overrides),
    findings: crossCheck(groups, limiting, merged),
    understood: merged.understood,
    measurements: merged.measurements,
  };
  return { value, catalogue: extended };
}

/** The paste has interfaces only, and the tunnel is described beside it: what fits is asked for that description. */
function given({ links }: Merged, { cipher, tunnel, stack }: CalcRequest): Association[] {
  const line = links[0]?.line;
  if (line === undefined || (cipher === undefined && tunnel === undefined && stack === undefined)) return [];
  if (cipher !== undefined && tunnel === undefined) return [{ ...blankAssociation(line), name: 'as given' }];
  return [{ ...blankAssociation(line), kind: 'tunnel', protocol: 'none', tunnel: tunnel ?? null, name: 'as given' }];
}

/** The link MTU's own source instead of the name of the option that carried it. */
function withSource({ calculation, link }: Answered): Calculation {
  if (link === null) return calculation;
  return { ...calculation, described: { ...calculation.described, wan: link.name, wanSource: link.from } };
}

export function readPaste(paste: Paste, from: string, format: string | undefined): Merged {
  const chosen: readonly DeviceFormat[] =
    format === undefined ? deviceFormats.filter((one) => one.recognise(paste) > 0) : [findFormat(format)];
  const merged = withUnfinished(mergeReadings(chosen.map((one) => one.parse(paste))), paste);
  if (merged.understood.length > 0 || merged.remarks.length > 0 || merged.measurements.length > 0) return merged;
  const other = format === undefined ? otherOutput(paste) : null;
  if (other) throw new MtucalcError('not-recognised', `${from}: ${other.says}`, other.hint);
  const known = deviceFormats.map(({ id }) => id).join(', ');
  throw new MtucalcError(
    'not-recognised',
    paste.lines.length === 0
      ? `${from} is empty`
      : `no line of ${from} (${paste.lines.length} in all) ${format === undefined ? 'is device output that is known' : `could be read as ${format}`}`,
    format === undefined
      ? `known (--from-format NAME forces one): ${known}`
      : `leave --from-format away to have it recognised; known: ${known}`,
  );
}

/** Where the last line says something and has no end, the number it ends with may not be whole. */
function withUnfinished(merged: Merged, { unfinished }: Paste): Merged {
  if (unfinished === undefined || merged.understood.every(({ line }) => line !== unfinished.line)) return merged;
  return { ...merged, remarks: [...merged.remarks, unfinishedText(unfinished)] };
}

interface Asked {
  readonly answer: Answered | null;
  readonly missing: Missing | null;
}

/** A transform that the catalogue does not have spoils its own row only; anything wrong with the request spoils all. */
function ask(
  association: Association,
  merged: Merged,
  overrides: CalcRequest,
  catalogue: Catalogue,
  calculator: Calculator,
): Asked {
  const { transform, unknown } = transformOrWhy(association, catalogue);
  if (unknown !== undefined && overrides.cipher === undefined && overrides.stack === undefined)
    return { answer: null, missing: { why: 'unknown', says: unknown } };
  const answered = answer(association, transform, merged, overrides, catalogue, calculator);
  return {
    answer: answered,
    missing: answered === null ? { why: 'not-printed', says: 'the transform is not in the input' } : null,
  };
}

function transformOrWhy(
  association: Association,
  catalogue: Catalogue,
): { readonly transform: Transform | null; readonly unknown?: string } {
  try {
    return { transform: transformOf(association, catalogue) };
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
    return { transform: null, unknown: error.message };
  }
}

/** Says what was understood, what is missing and which option gives it. */
function incomplete(groups: readonly RowGroup[], merged: Merged, from: string, paste: Paste): MtucalcError {
  const lines = merged.understood.slice(0, 6).map(({ line, says }) => `line ${line}: ${says}`);
  const more = merged.understood.length - lines.length;
  const understood =
    lines.length === 0
      ? 'no line of use was understood'
      : `understood ${lines.join('; ')}${more > 0 ? `; ${more} more` : ''}`;
  if (groups.length === 0) {
    const other = otherOutput(paste);
    const links = merged.links.filter(({ role }) => role === 'link');
    const hint = other
      ? other.hint
      : links.length > 0
        ? `add the SAs (ip xfrm state, swanctl --list-sas …) to the same input, or give the cipher: mtucalc calc --link-mtu ${links[0]?.mtu} --cipher aes256-sha256`
        : 'add the output that lists the SAs, or give --cipher to mtucalc calc';
    return new MtucalcError(
      'incomplete-input',
      `${from} holds no SA, proposal or tunnel: ${understood}${merged.remarks.length > 0 ? ` (${merged.remarks.slice(-2).join('; ')})` : ''}`,
      hint,
    );
  }
  const unknown = groups.find(({ missing }) => missing?.why === 'unknown');
  const printed = groups
    .flatMap(({ row }) => row.printed)
    .find(({ field }) => field !== 'path mtu' && field !== 'dst_mtu');
  const hint = unknown
    ? 'give a transform of the same lengths with --cipher, or a row of your own with --ciphers'
    : `give it with --cipher, for example --cipher aes256-sha256 (and --nat-t or --no-nat-t)${printed ? `; mtucalc identify ${printed.value} lists what gives the device's own ${printed.field}` : ''}`;
  return new MtucalcError(
    'incomplete-input',
    `${from}: ${unknown?.row.missing ?? 'the cipher is missing'}; ${understood}`,
    hint,
  );
}

/** What the same tunnel leaves where the link, or the IP version outside, turns out to be the other one. */
function openOutside({ association, request, catalogue, link }: Answered, overrides: CalcRequest): string[] {
  const less = link?.less;
  const open = association.protocol === 'wireguard' && association.outer === null && overrides.outer === undefined;
  return [
    ...(less
      ? [
          `${less.where}: then ${calculate({ ...request, linkMtu: less.mtu }, catalogue).tunnelMtu} is left (--link-mtu ${less.mtu})`,
        ]
      : []),
    ...(open && request.outer === 6
      ? [`IPv4 alone outside would leave ${calculate({ ...request, outer: 4 }, catalogue).tunnelMtu} (--outer 4)`]
      : []),
  ];
}

/** What the input left open or aside first, then what the calculator took. */
function assumptionsOf(
  limiting: RowGroup & { answer: Answered },
  merged: Merged,
  overrides: CalcRequest,
): readonly Assumption[] {
  const own = new Set<string>();
  if (limiting.answer.link?.doubt) own.add(limiting.answer.link.doubt);
  for (const says of openOutside(limiting.answer, overrides)) own.add(says);
  if (
    ['sa', 'proposal'].includes(limiting.row.kind) &&
    limiting.members[0]?.mode === null &&
    overrides.mode === undefined
  )
    own.add('tunnel mode is taken: the input does not say (--mode decides)');
  for (const remark of merged.remarks) own.add(remark);
  const taken = limiting.answer.calculation.assumptions.filter(({ says }) => !own.has(says));
  return [...[...own].map((says) => ({ what: 'input', says }) as const), ...taken];
}
