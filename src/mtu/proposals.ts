import { MtucalcError } from '../error.js';
import type { Catalogue } from './catalogue.js';
import { parseInteg, parseProposal, type Suite, type SuiteContext } from './suite.js';
import { namesCipher } from './suite-names.js';

/** Splits a list of proposals at commas, semicolons and line ends that stand outside brackets. */
export function splitSuites(list: string): string[] {
  const suites: string[] = [];
  let depth = 0;
  let current = '';
  for (const character of list) {
    if (character === '(') depth++;
    if (character === ')') depth = Math.max(0, depth - 1);
    if (depth === 0 && (character === ',' || character === ';' || character === '\n')) {
      suites.push(current);
      current = '';
    } else current += character;
  }
  suites.push(current);
  return suites.map((suite) => suite.trim()).filter((suite) => suite !== '');
}

/**
 * The proposals of a list, one text each, as `--cipher` means them: "aes-256-cbc, sha256" is one proposal, and so is
 * "enc=… auth=…"; only parts that each name a cipher stand alone.
 * @throws MtucalcError `too-many` above fifty.
 */
export function splitProposals(list: string, catalogue: Catalogue): string[] {
  // Keys of a pasted xfrm state are secrets and no part of a name.
  const text = list.replace(/\b0x[0-9a-f]+/gi, ' ');
  const parts = splitSuites(text);
  const joined =
    parts.length > 1 && (/\bauth[a-z-]*\s*=/i.test(text) || parts.some((part) => !namesCipher(part, catalogue)));
  const proposals = joined ? [parts.join(' ')] : parts;
  if (proposals.length > 50) throw new MtucalcError('too-many', `${proposals.length} proposals given, 50 at most`);
  return proposals.length === 0 ? [text] : proposals;
}

/** Every suite of a list of proposals; see `parseProposal`. @throws MtucalcError for a word that is no suite. */
export function parseSuites(list: string, catalogue: Catalogue, context: SuiteContext = {}): Suite[] {
  const lenient = splitSuites(list).length > 1;
  return splitProposals(list, catalogue).flatMap((one) =>
    parseProposal(one, catalogue, { ...context, lenient: lenient || context.lenient }),
  );
}

/** The suites that `cipher` asks for; an integrity algorithm given apart takes the place of a suite's own. */
export function suitesAsked(cipher: string | Suite, catalogue: Catalogue, context: SuiteContext = {}): Suite[] {
  if (typeof cipher === 'string') return parseSuites(cipher, catalogue, context);
  if (context.auth === undefined || cipher.encr?.kind !== 'cipher') return [cipher];
  const integ = parseInteg(context.auth, catalogue);
  return [{ ...cipher, integ, integAssumed: false, truncationSaid: true }];
}

/** A cipher as `--cipher` would take it. */
export const cipherText = (cipher: string | Suite): string => (typeof cipher === 'string' ? cipher : cipher.text);
