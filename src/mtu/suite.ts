import { MtucalcError } from '../error.js';
import { canonical, type NamedRow } from './alias.js';
import type { Catalogue, EncrRow, IntegRow } from './catalogue.js';
import { hintFor, shown } from './nearest.js';
import { ikeSequence, longestName, nearestHint, suiteNamesOf } from './suite-names.js';

/** One ESP or AH combination that a proposal offers. */
export interface Suite {
  /** As the user wrote it. */
  readonly text: string;
  /** Null for AH alone. */
  readonly encr: EncrRow | null;
  /** Null for combined modes, whose ICV is their own. */
  readonly integ: IntegRow | null;
  /** Key size where the name told it; it never changes a length. */
  readonly keyBits: number | null;
  /** True where no integrity algorithm was named and one had to be taken. */
  readonly integAssumed: boolean;
  /** True where the name told the truncation too, as in hmac(sha256) 128. */
  readonly truncationSaid: boolean;
  /** AH's algorithm, where AH is asked for beside or instead of ESP. */
  readonly ah: IntegRow | null;
  /** Parts that were read and left aside, in words. */
  readonly remarks: readonly string[];
}

/** What is taken where a CBC or CTR cipher comes without its integrity algorithm. */
export const ASSUMED_INTEG = 'sha256-128';

/** What a proposal does not say itself. */
export interface SuiteContext {
  /** The integrity algorithm where it is given apart. */
  readonly auth?: string | undefined;
  /** Id of the integrity algorithm taken where none is named at all. */
  readonly assumedInteg?: string | undefined;
  /** True where `auth` belongs to a whole list: an AEAD in it leaves it to the others. */
  readonly lenient?: boolean | undefined;
}

/**
 * Reads one proposal in any spelling people paste: strongSwan, RouterOS, Cisco, Linux, IANA, cloud consoles.
 * IKE parts are left aside with a remark. `auth` is the integrity algorithm where it is given apart. One suite for
 * each combination the proposal offers, one in most cases.
 * @throws MtucalcError for an unknown name, or an AEAD with an integrity algorithm.
 */
export function parseProposal(
  text: string,
  catalogue: Catalogue,
  { auth, assumedInteg = ASSUMED_INTEG, lenient = false }: SuiteContext = {},
): Suite[] {
  if (text.length > 400)
    throw new MtucalcError('bad-value', `the cipher is ${text.length} characters long, no suite has more than 400`);
  const tables = suiteNamesOf(catalogue);
  const tokens = canonical(text).split('-').filter(Boolean);
  if (tokens.length === 0)
    throw new MtucalcError('incomplete', `no cipher in ${shown(text)}`, 'for example --cipher aes256-sha256');
  const remarks: string[] = [];
  const encrs: NamedRow<EncrRow>[] = [];
  const integs: IntegRow[] = [];
  let keyBits: number | null = null;
  let ah: IntegRow | null = null;
  let truncationSaid = false;
  for (let at = 0; at < tokens.length; ) {
    const aside = ikeSequence(tokens, at, tables);
    if (aside > 0) {
      remarks.push(`${tokens.slice(at, at + aside).join('-')} belongs to IKE and changes no ESP length`);
      at += aside;
      continue;
    }
    const found = longestName(tokens, at, encrs.length > 0, tables);
    if (found) {
      const name = tokens.slice(at, at + found.length).join('-');
      if (found.encr) encrs.push(found.encr);
      else if (found.integ && name.startsWith('ah-')) ah = found.integ.row;
      else if (found.integ) integs.push(found.integ.row);
      if (found.integ) truncationSaid = saysTruncation(name, found.integ.row);
      if (found.encr?.keyBits) keyBits = found.encr.keyBits;
      if (name === 'hmac-sha256') {
        remarks.push(
          'hmac(sha256) without a length: 128 bits taken (RFC 4868 §2.6); a bare ip xfrm state truncates to 96 (--impl linux)',
        );
      }
      at += found.length;
      continue;
    }
    const token = tokens[at] as string;
    if (/^(128|192|256)$/.test(token) && encrs.length > 0) keyBits = Number(token);
    else if (tables.esn.has(token)) {
      if (token === 'esn') remarks.push('ESN changes no length: the upper 32 bits are never sent (RFC 4303 §2.2.1)');
    } else if (tables.ignored(token)) remarks.push(`${token} belongs to IKE and changes no ESP length`);
    else if (!tables.noise.has(token)) {
      const known = [...tables.encr.all(), ...tables.integ.all()];
      throw new MtucalcError(
        'unknown-name',
        `unknown cipher ${shown(tokens.length === 1 ? text : token)}${tokens.length === 1 ? '' : ` in ${shown(text)}`}`,
        `${nearestHint(token, text, known)} mtucalc ciphers lists all`.trimStart(),
      );
    }
    at++;
  }
  const doubled = auth === undefined ? undefined : tables.encr.get(canonical(auth))?.row;
  if (doubled?.kind === 'aead' && encrs.some(({ row }) => row === doubled)) {
    remarks.push(`${doubled.name} is named twice, as cipher and as integrity: it is both`);
  } else if (auth !== undefined) {
    integs.push(parseInteg(auth, catalogue));
    truncationSaid = saysTruncation(canonical(auth), parseInteg(auth, catalogue));
  }
  return assemble({
    text,
    assumed: parseInteg(assumedInteg, catalogue),
    encrs,
    integs,
    keyBits,
    ah,
    truncationSaid,
    lenient: lenient && auth !== undefined,
    remarks,
  });
}

/** AH alone, under the name it was given. */
export const ahSuite = (text: string, ah: IntegRow, integAssumed: boolean): Suite => ({
  text,
  encr: null,
  integ: null,
  keyBits: null,
  integAssumed,
  truncationSaid: !integAssumed && saysTruncation(canonical(text), ah),
  ah,
  remarks: [],
});

/** Whether an integrity name ends in its own truncation, in bits. */
export const saysTruncation = (name: string, { icv }: IntegRow): boolean => name.endsWith(`-${icv * 8}`);

/** The integrity algorithm of a name given apart, as in `--auth sha256`. */
export function parseInteg(name: string, catalogue: Catalogue): IntegRow {
  const { integ } = suiteNamesOf(catalogue);
  const wanted = canonical(name);
  const row = integ.get(wanted)?.row ?? integ.get(wanted.replace(/^(ah|esp)-/, ''))?.row;
  if (!row)
    throw new MtucalcError(
      'unknown-name',
      `unknown integrity algorithm ${shown(name)}`,
      hintFor(
        wanted,
        catalogue.integ.map(({ id }) => id),
      ),
    );
  return row;
}

interface Pieces {
  readonly text: string;
  readonly assumed: IntegRow;
  readonly encrs: readonly NamedRow<EncrRow>[];
  readonly integs: readonly IntegRow[];
  readonly keyBits: number | null;
  readonly ah: IntegRow | null;
  readonly truncationSaid: boolean;
  readonly lenient: boolean;
  readonly remarks: string[];
}

/** A proposal may offer several ciphers and several integrity algorithms: every combination can be negotiated. */
function assemble({ text, assumed, encrs, integs, keyBits, ah, truncationSaid, lenient, remarks }: Pieces): Suite[] {
  const common = { text, ah, truncationSaid, remarks };
  const protecting = [...new Set(integs)];
  const several = encrs.length > 1;
  const ciphers = [
    ...new Map(encrs.map(({ row, keyBits: bits }) => [row.id, { row, bits: several ? bits : keyBits }])).values(),
  ];
  if (ciphers.length === 0) {
    if (ah) return [{ ...common, encr: null, integ: null, keyBits: null, integAssumed: false }];
    throw new MtucalcError(
      'incomplete',
      `no cipher in ${shown(text)}`,
      protecting[0]
        ? `${protecting[0].name} is an integrity algorithm: write aes256-${text}, or --ah --auth ${text}`
        : 'for example --cipher aes256-sha256',
    );
  }
  const separate = lenient || ciphers.some(({ row }) => row.kind === 'cipher');
  return ciphers.flatMap(({ row: encr, bits }): Suite[] => {
    if (encr.kind === 'aead') {
      const extra = protecting.find(({ icv }) => icv > 0);
      if (extra && !separate) {
        throw new MtucalcError(
          'impossible',
          `${encr.name} carries its own ${encr.icv}-octet ICV and takes no integrity algorithm (${extra.name} given; ${encr.source})`,
          'leave the integrity algorithm out, or name it as a PRF (prfsha256)',
        );
      }
      return [{ ...common, encr, integ: null, keyBits: bits, integAssumed: false }];
    }
    if (protecting.length > 0)
      return protecting.map((integ) => ({ ...common, encr, integ, keyBits: bits, integAssumed: false }));
    if (ah) return [{ ...common, encr, integ: null, keyBits: bits, integAssumed: false }];
    return [{ ...common, encr, integ: assumed, keyBits: bits, integAssumed: true }];
  });
}

/** "AES-CBC-256 with HMAC-SHA2-256-128": the suite in the field's words. */
export function suiteName({ encr, integ, keyBits, ah }: Suite): string {
  const parts = ah ? [`AH ${ah.name}`] : [];
  if (encr) parts.push(`${encr.name}${keyBits ? `-${keyBits}` : ''}`);
  if (encr?.kind === 'cipher') parts.push(integ ? integ.name : 'no integrity');
  return parts.join(' with ');
}
