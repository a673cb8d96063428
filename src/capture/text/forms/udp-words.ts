import type { PrintedPacket } from '../printed.js';

/** What stands behind the ends of a UDP packet: its length, and whether it carries ESP or IKE. */
export function udpOf(what: string): Partial<PrintedPacket> {
  const head = what.slice(0, 400);
  const esp = /^UDP-encap: ESP\(spi=0x([0-9a-f]{1,8}),seq=0x([0-9a-f]{1,8})\)(?:, length (\d{1,6}))?/.exec(head);
  if (esp) {
    const octets = esp[3] === undefined ? null : Number(esp[3]);
    const numbers = { spi: Number.parseInt(esp[1] as string, 16), sequence: Number.parseInt(esp[2] as string, 16) };
    return { esp: { ...numbers, octets, udp: true } };
  }
  if (/^isakmp-nat-keep-alive/.test(head)) return { udp: 1, marker: 'keepalive' };
  const plain = /^(?:UDP|udp),? ?(?:length:? ?)?(\d{1,5})/.exec(head);
  if (plain) return { udp: Number(plain[1]) };
  const marker = /^NONESP-encap: /.test(head) ? ('ike' as const) : null;
  // DNS prints the octets of its message in brackets at the end, others say `length`.
  const said = /\blength:? (\d{1,5})\b/.exec(head) ?? /\((\d{1,5})\)(?: \([^)]{0,60}\))*$/.exec(head);
  return { udp: said ? Number(said[1]) : null, marker };
}
