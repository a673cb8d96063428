import { MtucalcError } from '../error.js';
import { shown } from '../mtu/nearest.js';

/** A network as it is written into a configuration: canonical text, host bits cleared. */
export interface Network {
  readonly family: 4 | 6;
  readonly text: string;
}

/**
 * One network in CIDR form (RFC 4632 §3.1, RFC 4291 §2.3); an address alone is a host.
 * Nothing but digits, letters a-f, dots, colons and the slash comes out, so it needs no quoting anywhere.
 */
export function parseNetwork(text: string, option: string): Network {
  const [address = '', length, ...rest] = text.trim().split('/');
  const family = address.includes(':') ? 6 : 4;
  const groups = family === 4 ? ipv4Octets(address) : ipv6Groups(address);
  const bits = family === 4 ? 32 : 128;
  if (!groups || rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) {
    throw new MtucalcError(
      'bad-value',
      `${option} ${shown(text)} is no network`,
      'for example 10.2.0.0/24 or 2001:db8:2::/64',
    );
  }
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) {
    throw new MtucalcError(
      'bad-value',
      `${option} ${shown(text)} has a prefix length of ${prefix}, IPv${family} has ${bits} bits`,
    );
  }
  const masked = mask(groups, bits / groups.length, prefix);
  return { family, text: `${family === 4 ? masked.join('.') : ipv6Text(masked)}/${prefix}` };
}

function ipv4Octets(text: string): number[] | undefined {
  const parts = text.split('.');
  const octets = parts.map(Number);
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part)) && octets.every((octet) => octet <= 255)
    ? octets
    : undefined;
}

function ipv6Groups(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = tail === undefined ? head : [...head, ...Array<string>(missing).fill('0'), ...tail];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : undefined;
}

const mask = (groups: readonly number[], width: number, prefix: number): number[] =>
  groups.map((group, index) => {
    const keep = Math.min(width, Math.max(0, prefix - index * width));
    return group & ((2 ** width - 1) ^ (2 ** (width - keep) - 1));
  });

/** RFC 5952 §4: lower case, no leading zeros, the first longest run of zero groups shortened. */
function ipv6Text(groups: readonly number[]): string {
  const text = groups.map((group) => group.toString(16)).join(':');
  const runs = [...text.matchAll(/(?:^|(?<=:))0(?::0)+(?=:|$)/g)];
  const longest = runs.reduce<RegExpExecArray | undefined>(
    (a, b) => (a && a[0].length >= b[0].length ? a : b),
    undefined,
  );
  if (!longest) return text;
  const before = text.slice(0, longest.index).replace(/:$/, '');
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}
