import { MtucalcError } from '../error.js';
import { type Facts, noFacts, place, type Setting } from './facts.js';

const DEEPEST = 20;
const MOST = 50_000;

/** swanctl.conf: nested sections and settings, `#` comments, `;` as line end within braces on one line. */
export function readSwanctl(text: string): Facts {
  const settings: Setting[] = [];
  const path: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    const body = raw.replace(/(^|\s)#.*$/, '$1');
    // One line may open, set and close: `net { copy_df = no }`.
    for (const [, opened, name, quoted, bare, closed] of body.matchAll(
      /([^\s{}=#"]+)\s*\{|([^\s{}=#"]+)\s*=\s*(?:"([^"]*)"|([^{}\n]*))|(\})/g,
    )) {
      if (opened !== undefined) path.push(opened);
      else if (closed !== undefined) path.pop();
      else if (name !== undefined) {
        settings.push({
          ...place(line, raw),
          path: [...path, name].join('.'),
          name,
          value: (quoted ?? bare ?? '').trim(),
          inChild: path[0] === 'connections' && path[2] === 'children' && path.length === 4,
        });
      }
      if (path.length > DEEPEST || settings.length > MOST)
        throw new MtucalcError(
          'too-many',
          `line ${line}: more sections or settings than a swanctl.conf has`,
          'is this the right file?',
        );
    }
  }
  return { ...noFacts, format: 'swanctl', settings, policyIpsec: settings.some(({ inChild }) => inChild) };
}
