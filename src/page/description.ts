import type { importDevice } from '../device/import.js';
import type { Imported } from '../device/imported.js';
import { MtucalcError } from '../error.js';
import { calculate } from '../mtu/calculate.js';
import type { CalcRequest, Calculation } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { type Observed, observedIn } from '../mtu/observed.js';
import type { Words } from './words.js';

/** What the box holds, and what follows from it. */
export type Answer =
  | {
      readonly kind: 'calculated';
      readonly calculation: Calculation;
      readonly catalogue: Catalogue;
      readonly request: CalcRequest;
      /** Where it was read from pasted output. */
      readonly imported?: Imported;
    }
  /** A number, alone or in a line that tells of it: what it may be. */
  | { readonly kind: 'number'; readonly observed: Observed; readonly line: string }
  | { readonly kind: 'refused'; readonly says: string; readonly hint: string | undefined }
  /** Pasted, before what reads pastes is there. */
  | { readonly kind: 'unread' };

type Reader = typeof importDevice;

const octets = (word: string | undefined): number | undefined => (word === undefined ? undefined : Number(word));
const version = (word: string | undefined): 4 | 6 | undefined =>
  word === undefined ? undefined : word === '6' ? 6 : 4;
const yes = (word: string | undefined): boolean | undefined => (word === undefined ? undefined : word === 'yes');

/** The request those words make: what the options of the same names make on the command line. */
export const requestOf = (words: Words): CalcRequest => ({
  cipher: words.cipher,
  auth: words.auth,
  wan: words.wan,
  linkMtu: octets(words['link-mtu']),
  natT: yes(words['nat-t']),
  mode: words.mode as CalcRequest['mode'],
  outer: version(words.outer),
  inner: version(words.inner),
  ah: yes(words.ah),
  tfc: octets(words.tfc),
  tunnel: words.tunnel,
  stack: words.stack,
  impl: words.impl,
});

/** One line without the marks of pasted output may be a suite; anything longer is what a box printed. */
export const isPaste = (text: string): boolean => text.trim().includes('\n') || text.length > 200;

const LONE_NUMBER = /^\s*(?:mtu|mss)?\s*[=:]?\s*\d{2,5}\s*(?:octets|bytes)?\s*$/i;

/**
 * Reads what stands in the box together with the fields beside it; never throws for what a person typed.
 * `reader` reads pastes: undefined where it is not there yet.
 */
export function answerTo(text: string, words: Words, catalogue: Catalogue, reader: Reader | undefined): Answer {
  try {
    if (LONE_NUMBER.test(text)) {
      const observed = observedIn(text);
      if (observed !== undefined) return { kind: 'number', observed, line: text };
    }
    if (isPaste(text)) return pasted(text, words, catalogue, reader);
    const request = requestOf({ ...words, cipher: text.trim() === '' ? undefined : text.trim() });
    try {
      return { kind: 'calculated', calculation: calculate(request, catalogue), catalogue, request };
    } catch (error) {
      // One line of output, as `ip xfrm state` on one line of a chat, is no suite but may be a format.
      if (text.trim().split(/\s+/).length < 4) throw error;
      try {
        return pasted(text, words, catalogue, reader);
      } catch {
        throw error;
      }
    }
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
    return toldIn(text) ?? { kind: 'refused', says: error.message, hint: error.hint };
  }
}

const TOO_BIG = /(?:frag|too (?:long|big|large))[^\n]{0,200}\bmtu ?= ?\d/i;

/** "Frag needed and DF set (mtu = 1422)": a ping or a log that describes no tunnel, but tells its MTU. */
function toldIn(text: string): Answer | undefined {
  const line = text.split('\n').find((one) => one.length < 400 && TOO_BIG.test(one));
  const observed = line === undefined ? undefined : observedIn(line);
  return line === undefined || observed === undefined ? undefined : { kind: 'number', observed, line };
}

function pasted(text: string, words: Words, catalogue: Catalogue, reader: Reader | undefined): Answer {
  if (reader === undefined) return { kind: 'unread' };
  const { cipher: _, ...beside } = requestOf(words);
  const read = reader(text, catalogue, { from: 'what was pasted', overrides: beside });
  const { calculation, request } = read.value;
  return { kind: 'calculated', calculation, catalogue: read.catalogue, request, imported: read.value };
}
