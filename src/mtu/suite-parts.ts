import { MtucalcError } from '../error.js';
import { canonical } from './alias.js';
import type { Catalogue, IntegRow } from './catalogue.js';
import { shown } from './nearest.js';
import { parseInteg, parseProposal, type Suite, saysTruncation } from './suite.js';
import { suiteNamesOf } from './suite-names.js';

/** An ESP or AH suite whose parts were named apart, as a device prints them; octets and bits. */
export interface SuiteParts {
  /** Null for AH alone. */
  readonly encr: string | null;
  readonly integ: string | null;
  readonly keyBits: number | null;
  /** The ICV as it is truncated on the wire; decides over the algorithm's name. */
  readonly icv: number | null;
  /** AH's algorithm, alone or around ESP. */
  readonly ah: string | null;
}

/**
 * The suite of those parts. Null where `encr` is a proposal that offers several.
 * @throws MtucalcError for an unknown name, or an AEAD with an integrity algorithm.
 */
export function suiteOfParts({ encr, integ, keyBits, icv, ah }: SuiteParts, catalogue: Catalogue): Suite | null {
  const outside = ah === null ? null : integOf(ah, encr === null ? icv : null, catalogue);
  if (encr === null) {
    if (outside === null) throw new MtucalcError('incomplete', 'no algorithm is named');
    return { ...blank, text: outside.id, ah: outside, truncationSaid: true };
  }
  const [suite, ...others] = parseProposal(encr, catalogue);
  if (!suite?.encr || others.length > 0) return null;
  const row = suite.encr;
  const protecting = integ === null ? null : integOf(integ, icv, catalogue);
  if (row.kind === 'aead' && protecting !== null && protecting.icv > 0) {
    throw new MtucalcError(
      'impossible',
      `${row.name} carries its own ${row.icv}-octet ICV and takes no integrity algorithm (${shown(integ ?? '')} given; ${row.source})`,
    );
  }
  const bits = suite.keyBits ?? (row.keyBits.length > 1 && keyBits !== null && keyBits >= 56 ? keyBits : null);
  const named = {
    keyBits: bits,
    ah: outside,
    truncationSaid: icv !== null || (integ === null ? suite.truncationSaid : says(integ, protecting)),
  };
  const own = row.kind === 'aead' || protecting === null ? suite : { ...suite, integ: protecting, integAssumed: false };
  return { ...own, ...named, text: textOf(row.id, bits, own, catalogue) };
}

const blank = { encr: null, integ: null, keyBits: null, integAssumed: false, remarks: [] } as const;

const says = (name: string, row: IntegRow | null): boolean => row !== null && saysTruncation(canonical(name), row);

/** The suite in words that `--cipher` takes: `aes-cbc-256 sha256-128`. */
function textOf(id: string, bits: number | null, { integ, integAssumed }: Suite, catalogue: Catalogue): string {
  const longer = `${id}-${bits}`;
  const name = bits !== null && suiteNamesOf(catalogue).encr.get(longer) !== undefined ? longer : id;
  return integ === null || integAssumed ? name : `${name} ${integ.id}`;
}

/** `sha512-128`: where the truncation was printed and no row has it, a row is made from its family's. */
function integOf(name: string, icv: number | null, catalogue: Catalogue): IntegRow {
  const family = /^([a-z0-9]+?)-\d{2,3}$/.exec(name)?.[1];
  const kin = icv === null || !family ? [] : catalogue.integ.filter(({ id }) => id.startsWith(`${family}-`));
  const model = kin[0];
  if (icv === null || !family || !model) return parseInteg(name, catalogue);
  return (
    kin.find((row) => row.icv === icv) ?? {
      ...model,
      id: `${family}-${icv * 8}`,
      name: `${model.name.replace(/-\d{2,3}$/, '')} cut to ${icv * 8} bits`,
      icv,
      iana: null,
      aliases: [],
      source: 'RFC 4303 §2.8',
    }
  );
}
