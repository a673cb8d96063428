import { MtucalcError } from '../error.js';
import { canonical, findRow } from './alias.js';
import type { Catalogue, HeaderRow } from './catalogue.js';
import type { EspMode } from './esp.js';
import { hintFor, shown } from './nearest.js';
import { ahSuite, parseInteg, parseProposal, type Suite } from './suite.js';

/** One element of a stack, outermost first, before it is checked against its neighbours. */
export type Element =
  | { readonly kind: 'header'; readonly row: HeaderRow; readonly options: readonly string[] }
  | { readonly kind: 'esp'; readonly suite: Suite; readonly mode: EspMode }
  | { readonly kind: 'ah'; readonly suite: Suite; readonly mode: EspMode }
  | { readonly kind: 'openvpn'; readonly suite: Suite; readonly gives: 'packet' | 'ether' };

/**
 * Reads a stack such as `pppoe/ipv4/natt/esp:aes256-sha256:transport/gre:key`, outermost first.
 * @throws MtucalcError for an unknown header, option or cipher.
 */
export function parseStack(text: string, catalogue: Catalogue, assumedInteg?: string): Element[] {
  const words = text.split('/').map((word) => word.trim());
  if (words.length > 32) throw new MtucalcError('too-many', `the stack has ${words.length} headers, 32 at most`);
  return words.map((word) => parseElement(word, catalogue, assumedInteg));
}

function parseElement(word: string, catalogue: Catalogue, assumedInteg: string | undefined): Element {
  const [head = '', ...rest] = word.split(':').map((part) => part.trim());
  const name = canonical(head);
  if (name === 'esp' || name === 'ah') {
    const last = rest.at(-1)?.toLowerCase();
    const mode = last === 'tunnel' || last === 'transport' ? last : undefined;
    const cipher = (mode ? rest.slice(0, -1) : rest).join(':');
    if (cipher === '') {
      throw new MtucalcError(
        'incomplete',
        `${name} in a stack needs its algorithms`,
        `for example ${name === 'esp' ? 'esp:aes256-sha256:transport' : 'ah:sha256:transport'}`,
      );
    }
    if (name === 'ah') {
      return { kind: 'ah', suite: ahSuite(cipher, parseInteg(cipher, catalogue), false), mode: mode ?? 'tunnel' };
    }
    const suites = parseProposal(cipher, catalogue, { assumedInteg });
    if (suites.some(({ ah }) => ah)) {
      throw new MtucalcError(
        'impossible',
        `${shown(cipher)} names AH inside ESP`,
        'write it as an element of its own: ipv4/ah:sha256:transport/esp:aes256-sha256',
      );
    }
    if (suites.length !== 1)
      throw new MtucalcError('impossible', `${shown(cipher)} offers ${suites.length} suites, a stack takes one`);
    return { kind: 'esp', suite: suites[0] as Suite, mode: mode ?? 'tunnel' };
  }
  const row = findRow(catalogue.headers, head);
  if (row) return { kind: 'header', row, options: rest.flatMap((part) => part.split(',')).filter(Boolean) };
  // gre-key-csum: options written with hyphens.
  const parent = catalogue.headers.find(({ id, aliases }) =>
    [id, ...aliases].some((known) => name.startsWith(`${known}-`)),
  );
  const options = parent ? name.slice(parent.id.length + 1).split('-') : [];
  if (parent && options.every((option) => parent.options !== undefined && Object.hasOwn(parent.options, option)))
    return { kind: 'header', row: parent, options: [...options, ...rest] };
  const known = ['esp', 'ah', ...catalogue.headers.flatMap(({ id, aliases }) => [id, ...aliases])];
  throw new MtucalcError(
    'unknown-name',
    word === '' ? 'the stack has an empty element' : `unknown header ${shown(word)} in the stack`,
    hintFor(name, known),
  );
}
