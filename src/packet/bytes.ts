/**
 * An octet count that does not fit: what was being read, how many octets it needs, how many there are, and who said so.
 */
export interface LengthFault {
  readonly layer: string;
  readonly needed: number;
  readonly had: number;
  /** 'capture', 'IPv4 total length', 'UDP length', 'TCP data offset' … */
  readonly saidBy: string;
  /** Of the first octet of the layer, counted from the start of the outermost buffer. */
  readonly offset: number;
}

/** Thrown by parsers for octets that end too early; whoever walks a packet catches it and keeps the layers before. */
export class LengthError extends Error implements LengthFault {
  readonly layer: string;
  readonly needed: number;
  readonly had: number;
  readonly saidBy: string;
  readonly offset: number;

  constructor({ layer, needed, had, saidBy, offset }: LengthFault) {
    super(`${layer}: ${needed} octets needed, ${had} left (${saidBy} says so), at octet ${offset}`);
    this.name = 'LengthError';
    this.layer = layer;
    this.needed = needed;
    this.had = had;
    this.saidBy = saidBy;
    this.offset = offset;
  }
}

/**
 * A bounded view of octets in network order. Every read is inside the view; `need` says in one line what is missing.
 */
export class Bytes {
  readonly octets: Uint8Array;
  readonly saidBy: string;
  readonly offset: number;

  constructor(octets: Uint8Array, saidBy = 'capture', offset = 0) {
    this.octets = octets;
    this.saidBy = saidBy;
    this.offset = offset;
  }

  get length(): number {
    return this.octets.length;
  }

  /** @throws LengthError where fewer than `count` octets are left. */
  need(count: number, layer: string): void {
    if (this.octets.length < count) {
      const { octets, saidBy, offset } = this;
      throw new LengthError({ layer, needed: count, had: octets.length, saidBy, offset });
    }
  }

  /** A narrower view; what lies past the end is cut off, never invented. */
  part(start: number, end: number = this.octets.length, saidBy: string = this.saidBy): Bytes {
    const stop = Math.max(start, Math.min(end, this.octets.length));
    return new Bytes(
      this.octets.subarray(start, stop),
      end <= this.octets.length ? saidBy : this.saidBy,
      this.offset + start,
    );
  }

  u8(at: number): number {
    this.need(at + 1, 'octet');
    return this.octets[at] as number;
  }

  u16(at: number): number {
    this.need(at + 2, 'two octets');
    return ((this.octets[at] as number) << 8) | (this.octets[at + 1] as number);
  }

  u32(at: number): number {
    return this.u16(at) * 0x10000 + this.u16(at + 2);
  }

  put8(at: number, value: number): void {
    this.need(at + 1, 'octet');
    this.octets[at] = value;
  }

  put16(at: number, value: number): void {
    this.need(at + 2, 'two octets');
    this.octets[at] = value >>> 8;
    this.octets[at + 1] = value;
  }

  put32(at: number, value: number): void {
    this.put16(at, Math.floor(value / 0x10000));
    this.put16(at + 2, value & 0xffff);
  }

  /** Copies `from` to position `at`. */
  putAll(at: number, from: Uint8Array): void {
    this.need(at + from.length, 'octets');
    this.octets.set(from, at);
  }
}
