import { MtucalcError } from '../../error.js';
import { shown } from '../../mtu/nearest.js';

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

/** Rules above the first one a condition finds; nothing where there is none. One line: a pasted block has no variables. */
export function addAbove(menu: string, condition: string, properties: Properties): string {
  const found = `[${menu} find where ${condition}]`;
  return `:if ([:len ${found}] > 0) do={ ${menu} ${addCommand(properties, `[:pick ${found} 0]`)} }`;
}

/** Takes out what carries our tag. */
export const removeTagged = (menu: string): string => `${menu} remove [find where comment~"^mtucalc"]`;
