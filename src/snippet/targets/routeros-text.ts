import { MtucalcError } from '../../error.js';
import { shown } from '../../mtu/nearest.js';
import type { ClampPlan } from '../plan.js';
import type { Scope } from '../scope.js';

/**
 * A string in RouterOS script: quoted, with `"` `\` `$` `?` escaped and every other octet outside printable ASCII
 * as \XX (Scripting manual, "Constant Escape Sequences"). `?` would open the help when pasted.
 */
export function routerosString(text: string, option: string): string {
  if (text === '' || text.length > 100 || /[\u0000-\u001f\u007f]/.test(text)) {
    throw new MtucalcError(
      'bad-value',
      `${option} ${shown(text)} cannot be a RouterOS name`,
      '1 to 100 characters, no line breaks or other control characters',
    );
  }
  const escaped = [...new TextEncoder().encode(text)].map((octet) => {
    const char = String.fromCharCode(octet);
    if (octet > 0x7e) return `\\${octet.toString(16).toUpperCase().padStart(2, '0')}`;
    return /["\\$?]/.test(char) ? `\\${char}` : char;
  });
  return `"${escaped.join('')}"`;
}

export type Properties = Readonly<Record<string, string | number | undefined>>;

/** `add` with its properties in the order of `export` (action, chain, then by name); undefined ones are left out. */
export function addCommand(properties: Properties, placeBefore?: string): string {
  const order = (name: string): string => (name === 'action' ? '0' : name === 'chain' ? '1' : `2${name}`);
  const words = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (order(a) < order(b) ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  return `add ${words.join(' ')}${placeBefore ? ` place-before=${placeBefore}` : ''}`;
}

/**
 * Rules above the first one a condition finds; nothing where there is none. One line: a pasted block has no variables.
 */
export function addAbove(menu: string, condition: string, properties: Properties): string {
  const found = `[${menu} find where ${condition}]`;
  return `:if ([:len ${found}] > 0) do={ ${menu} ${addCommand(properties, `[:pick ${found} 0]`)} }`;
}

/**
 * A rule above every other of its chain: an accept, a jump or a mark without passthrough that is there already would
 * take the packet away. Dynamic rules are not counted, nothing can be placed before them.
 */
export function addFirst(menu: string, chain: string, properties: Properties): string {
  const guarded = addAbove(menu, `chain="${chain}" and dynamic=no`, properties);
  return `${guarded} else={ ${menu} ${addCommand(properties)} }`;
}

/** The comment of what belongs to this tunnel; labels hold nothing that a string or a pattern reads specially. */
export const tag = ({ name }: Pick<ClampPlan, 'name'>, says: string): string => `"mtucalc ${name}: ${says}"`;

/** Takes out what carries the tag of this tunnel, or of every one. */
export const removeTagged = (menu: string, { name }: Pick<ClampPlan, 'name'>, all: boolean): string =>
  `${menu} remove [find where comment~"^mtucalc${all ? '' : ` ${name}: `}"]`;

export const menuOf = (family: 4 | 6): string => (family === 4 ? '/ip firewall' : '/ipv6 firewall');

/** The address list of one side, where it has more than one network. */
export const listOf = ({ name }: Pick<ClampPlan, 'name'>, side: 'local' | 'remote'): string =>
  `mtucalc-${name}-${side}`;

/** One network stands in the rule itself, several in an address list. */
export function addressProperties(plan: ClampPlan, { from, to }: Scope, way: 'out' | 'in'): Properties {
  const side = (word: 'src' | 'dst', networks: readonly string[], list: string): Properties =>
    networks.length === 0
      ? {}
      : networks.length === 1
        ? { [`${word}-address`]: networks[0] as string }
        : { [`${word}-address-list`]: list };
  const [source, destination] = way === 'out' ? (['local', 'remote'] as const) : (['remote', 'local'] as const);
  return { ...side('src', from, listOf(plan, source)), ...side('dst', to, listOf(plan, destination)) };
}
