/** A row of octets that grows, written from the front: what a packet of a text is rebuilt into. */
export class OctetsOut {
  bytes: Uint8Array;
  length = 0;

  constructor(room = 65_536) {
    this.bytes = new Uint8Array(room);
  }

  u8(value: number): void {
    if (this.length === this.bytes.length) this.#grow(1);
    this.bytes[this.length++] = value;
  }

  u16(value: number): void {
    this.u8((value >>> 8) & 0xff);
    this.u8(value & 0xff);
  }

  u32(value: number): void {
    this.u16((value >>> 16) & 0xffff);
    this.u16(value & 0xffff);
  }

  all(octets: Uint8Array): void {
    if (this.length + octets.length > this.bytes.length) this.#grow(octets.length);
    this.bytes.set(octets, this.length);
    this.length += octets.length;
  }

  /** Forgets the first `octets`. */
  drop(octets: number): void {
    this.bytes.copyWithin(0, octets, this.length);
    this.length -= octets;
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + needed));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
