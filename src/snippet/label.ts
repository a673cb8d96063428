import { MtucalcError } from '../error.js';
import { shown } from '../mtu/nearest.js';

/** iptables ends chain names at 28 characters, MTUCALC- takes eight of them. */
const LONGEST = 20;

/** A name the user chose for what a snippet sets: it stands in comments, chains, tables and file names unquoted. */
export function checkedLabel(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,19}$/.test(name) || name.toLowerCase() === 'all') {
    throw new MtucalcError(
      'bad-value',
      `--name ${shown(name)} cannot stand in chains, tables and file names`,
      `letters, digits, hyphen and underscore, 1 to ${LONGEST} characters, a letter or digit first, and not "all"`,
    );
  }
  return name;
}

/**
 * A label made of what tells the tunnel from others (its interface, connection, networks). Where characters are lost a
 * short hash stands for them, so that two tunnels never share one. `head` is the part worth reading where all of it is
 * long.
 */
export function labelFrom(text: string, head = text): string {
  const clean = head.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[-_]+|-+$/g, '');
  // Dots and slash of one IPv4 network become hyphens and nothing is lost.
  const kept = clean === text || (head === text && /^\d+(?:\.\d+){3}\/\d+$/.test(text));
  if (kept && clean.length <= LONGEST && clean !== '' && clean.toLowerCase() !== 'all') return clean;
  const hash = fnv1a(text).toString(16).padStart(8, '0').slice(0, 6);
  return `${clean.slice(0, LONGEST - 7) || 'tunnel'}-${hash}`;
}

/** FNV-1a over UTF-16 units, 32 bits: not for secrets, only to tell names apart. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
