import { MtucalcError } from '../error.js';
import { numberedLines, type ReadCount, Reading } from './lines.js';

/** One setting of strongSwan's `section { name = value }` files. */
export interface TreeSetting {
  readonly line: number;
  readonly text: string;
  /** Names of the sections it stands in, and its own. */
  readonly path: readonly string[];
  readonly value: string;
}

const DEEPEST = 20;
const MOST = 50_000;
/**
 * What opens a section (with those it inherits from), sets, or closes. A name is tried from its first character only: a
 * long one takes no longer.
 */
const PIECES =
  /(?<![^\s{}=#":])([^\s{}=#":]+)\s*(?::[\w.,\s-]+)?\{|(?<![^\s{}=#"])([^\s{}=#"]+)\s*=\s*(?:"([^"]*)"|([^{}\n]*))|(\})/g;

/** swanctl.conf, strongswan.conf: nested sections and settings, `#` comments; one line may open, set and close. */
export function readSettingsTree(text: string): { settings: TreeSetting[]; count: ReadCount } {
  const settings: TreeSetting[] = [];
  const reading = new Reading();
  const path: string[] = [];
  for (const { number: line, text: raw } of numberedLines(text)) {
    const body = raw.replace(/(^|\s)#.*$/, '$1').trim();
    if (body === '') continue;
    let end = 0;
    let rest = '';
    for (const found of body.matchAll(PIECES)) {
      const [whole, opened, name, quoted, bare, closed] = found;
      rest += body.slice(end, found.index);
      end = found.index + whole.length;
      if (opened !== undefined) path.push(opened);
      else if (closed !== undefined) path.pop();
      else if (name !== undefined)
        settings.push({ line, text: raw, path: [...path, name], value: (quoted ?? bare ?? '').trim() });
      if (path.length > DEEPEST || settings.length > MOST)
        throw new MtucalcError(
          'too-many',
          `line ${line}: more sections or settings than such a file has`,
          'is this the right file?',
        );
    }
    if ((rest + body.slice(end)).trim() === '') reading.read();
    else reading.unread(line, raw, /^include\b/.test(body) ? 'what the included file says is not known' : 'no setting');
  }
  return { settings, count: reading.count };
}
