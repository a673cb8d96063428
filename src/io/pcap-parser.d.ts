declare module 'pcap-parser' {
  import type { EventEmitter } from 'node:events';
  import type { Readable } from 'node:stream';

  interface Parser extends EventEmitter {
    /** What waits for more octets. */
    readonly buffer: Buffer | null;
    readonly endianness: 'LE' | 'BE' | null;
    readonly stream: Readable;
  }
  const pcapParser: { parse(input: Readable): Parser };
  export default pcapParser;
}
