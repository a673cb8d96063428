import type { UnreadLine } from './lines.js';
import type { RouterosCommand } from './routeros.js';
import { routerosWords, unquoted } from './routeros-words.js';

const FIREWALL = /^ip(?:v6)? firewall /;

/** What `disable`, `enable`, `remove` and `set … disabled=` further down make of what was added above them. */
export function changed(commands: readonly RouterosCommand[]): {
  readonly commands: readonly RouterosCommand[];
  /** Changes of the firewall that cannot be followed: which rules they are about is known to the box alone. */
  readonly unread: readonly UnreadLine[];
} {
  const after = [...commands];
  const unread: UnreadLine[] = [];
  for (const [index, { verb, menu, target, values, line, text, active: itself }] of commands.entries()) {
    const active = verb === 'enable' || (verb === 'set' && values.get('disabled') === 'no');
    const changes = active || verb === 'disable' || verb === 'remove' || (verb === 'set' && !itself);
    if (!changes) continue;
    const above = [...after.entries()].filter(([at, one]) => at < index && one.verb === 'add' && one.menu === menu);
    if (above.length === 0) continue;
    const wanted = conditionsOf(target);
    if (wanted === null) {
      if (FIREWALL.test(menu))
        unread.push({ line, text, why: 'which of the rules above it changes is not known here' });
      continue;
    }
    for (const [at, one] of above)
      if (wanted.every(([name, value]) => one.values.get(name) === value)) after[at] = { ...one, active };
  }
  return { commands: after, unread };
}

/** `[find comment="vpn" chain=forward]`; null for anything else: a number, a pattern, an expression. */
function conditionsOf(target: string): readonly (readonly [string, string])[] | null {
  const inner = /^\[\s*find\b(?:\s+where\b)?\s*(.*?)\s*\]$/s.exec(target)?.[1];
  if (inner === undefined) return null;
  const conditions = routerosWords(inner).map((word) => /^([a-z][a-z0-9-]*)=(.*)$/s.exec(word));
  return conditions.every((one) => one !== null)
    ? conditions.map(([, name = '', value = '']) => [name, unquoted(value)] as const)
    : null;
}
