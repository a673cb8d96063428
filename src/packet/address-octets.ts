/**
 * The octets of an address in its text: 4 of dotted decimal, 16 of RFC 4291 2.2 (a zone behind % is left out);
 * undefined for anything else.
 */
export function addressOctets(text: string): Uint8Array | undefined {
  return text.includes(':') ? ipv6OctetsIn(text.split('%')[0]!) : ipv4OctetsIn(text);
}

/** Four numbers to 255 with dots between them; undefined for anything else. */
export function ipv4OctetsIn(text: string): Uint8Array | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return undefined;
  const numbers = text.split('.').map(Number);
  return numbers.every((number) => number <= 255) ? Uint8Array.from(numbers) : undefined;
}

function ipv6OctetsIn(text: string): Uint8Array | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (!head || (halves.length === 2 && !tail)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...(tail ?? [])];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));
}

/** Sixteen-bit groups, the last two of which may be written as an IPv4 address. */
function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const words = text.split(':');
  const last = words[words.length - 1]!;
  const quad = last.includes('.') ? ipv4OctetsIn(last) : undefined;
  if (last.includes('.') && !quad) return undefined;
  const hex = quad ? words.slice(0, -1) : words;
  if (hex.some((word) => !/^[0-9a-f]{1,4}$/i.test(word))) return undefined;
  const groups = hex.map((word) => Number.parseInt(word, 16));
  return quad ? [...groups, (quad[0]! << 8) | quad[1]!, (quad[2]! << 8) | quad[3]!] : groups;
}
