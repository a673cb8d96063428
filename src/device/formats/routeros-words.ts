import { type RouterosCommand, readRouteros } from '../../config/routeros.js';
import { changed } from '../../config/routeros-changes.js';
import { isSecret } from '../../config/routeros-words.js';
import type { Paste } from '../reading.js';

/** One RouterOS command or printed record: its menu (`ip ipsec proposal`), verb and `key=value` pairs. */
export type RouterosItem = RouterosCommand;

/** The commands of an export or script: v6 and v7, a menu in its own line or in each line. */
export const readCommands = ({ lines }: Paste): readonly RouterosItem[] =>
  changed(readRouteros(lines).commands).commands;

/** `key=value`, `key="value"` and `key=[…]`/`key=(…)` pairs of one line; values of secrets are never kept. */
export function pairs(text: string): Map<string, string> {
  const values = new Map<string, string>();
  const pattern = /([a-z][a-z0-9.-]{0,40})=(?:"((?:[^"\\]|\\.)*)"?|(\([^)]{0,500}\)|\[[^\]]{0,500}\]|[^\s"]*))/g;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [, key = '', quoted, bare] = match;
    // That there is a secret may matter; what it is does not.
    values.set(key, isSecret(key) ? '' : (quoted ?? bare ?? ''));
  }
  return values;
}
