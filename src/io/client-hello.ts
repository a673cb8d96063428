import { randomBytes } from 'node:crypto';

/** TLS, RFC 8446 section 4.1.2 and RFC 7685 (padding): content types, handshake types and extensions. */
const HANDSHAKE = 22,
  CLIENT_HELLO = 1,
  TLS_1_0 = 0x0301,
  TLS_1_2 = 0x0303,
  TLS_1_3 = 0x0304;
const EXTENSION = { groups: 10, signatures: 13, padding: 21, versions: 43 } as const;
const SUITES = [0x1301, 0x1302, 0x1303, 0xc02f, 0xc030, 0xc02b, 0xc02c, 0x009c];
const GROUPS = [0x001d, 0x0017, 0x0018];
const SIGNATURES = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501];
/** One record holds no more, RFC 8446 section 5.1. */
const LARGEST_RECORD = 16384 + 5;

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
const list16 = (values: readonly number[]): Buffer => {
  const body = Buffer.concat(values.map(u16));
  return Buffer.concat([u16(body.length), body]);
};
const extension = (type: number, body: Buffer): Buffer => Buffer.concat([u16(type), u16(body.length), body]);

/**
 * A well-formed ClientHello of exactly `octets`, padded as RFC 7685 provides for: every TLS server reads it, and none
 * is asked for anything. Shorter than its own fields it is not made shorter; more than a record holds is cut to that.
 */
export function clientHello(octets: number): Buffer {
  const extensions = [
    extension(EXTENSION.groups, list16(GROUPS)),
    extension(EXTENSION.signatures, list16(SIGNATURES)),
    extension(EXTENSION.versions, Buffer.from([4, TLS_1_3 >> 8, TLS_1_3 & 0xff, TLS_1_2 >> 8, TLS_1_2 & 0xff])),
  ];
  const head = [u16(TLS_1_2), randomBytes(32), Buffer.from([0]), list16(SUITES), Buffer.from([1, 0])];
  const fixed = 5 + 4 + Buffer.concat(head).length + 2 + Buffer.concat(extensions).length;
  const room = Math.min(octets, LARGEST_RECORD) - fixed - 4;
  if (room >= 0) extensions.push(extension(EXTENSION.padding, Buffer.alloc(room)));
  const all = Buffer.concat(extensions);
  const body = Buffer.concat([...head, u16(all.length), all]);
  const handshake = Buffer.concat([Buffer.from([CLIENT_HELLO, body.length >> 16]), u16(body.length & 0xffff), body]);
  return Buffer.concat([Buffer.from([HANDSHAKE]), u16(TLS_1_0), u16(handshake.length), handshake]);
}

/** An HTTP request that is `octets` long by a header nobody reads, for port 80. */
export function paddedRequest(host: string, octets: number): Buffer {
  const frame = `HEAD / HTTP/1.1\r\nHost: ${host}\r\nX-Padding: \r\n\r\n`;
  const padding = '0'.repeat(Math.max(0, octets - frame.length));
  return Buffer.from(frame.replace('X-Padding: ', `X-Padding: ${padding}`), 'latin1');
}
