import type { UnreadLine } from '../config/lines.js';
import type { RouterosCommand } from '../config/routeros.js';

/** What `new-mss` may hold; anything else is cut off, or no rule. */
export const isMss = (value: string): boolean => /^(?:\d+|clamp-to-pmtu)$/.test(value);

/** Without these a rule is not understood; without an address or a name its other matches still say something. */
const NEEDED = /^(?:action|chain|disabled|ipsec-policy|jump-target|new-mss|passthrough|protocol|tcp-flags|tcp-mss)$/;

/** Rules of which something is not known: a variable, or a value that the end of a paste cut off. */
export function openRules(commands: readonly RouterosCommand[]): UnreadLine[] {
  return commands.flatMap(({ menu, verb, active, values, open, line, text }): UnreadLine[] => {
    if (verb !== 'add' || !active || !/^ip(?:v6)? firewall /.test(menu)) return [];
    const variable = open.find((name) => NEEDED.test(name));
    if (variable) return [{ line, text, why: `${variable} is a variable without a value here` }];
    return values.get('action') === 'change-mss' && !isMss(values.get('new-mss') ?? '')
      ? [{ line, text, why: 'change-mss without a new-mss' }]
      : [];
  });
}
