import { joined } from '../../snippet/emit.js';
import { targets } from '../../snippet/targets/index.js';
import type { Reporter } from '../format.js';

/** The configuration and nothing else; nothing at all where it was written into files. */
export const snippetText: Reporter<'snippet'> = ({ snippets }, { shows }) => {
  if (shows?.saved) return '';
  const commentOf = (target: string): string => targets.find(({ id }) => id === target)?.comment ?? '#';
  return joined(snippets.map((one) => ({ ...one, comment: commentOf(one.target) })));
};
