/** A place where the file is not what it should be. Never thrown: what was read before it stands. */
export interface Damage {
  /** Position in the file (after decompression), octets. */
  readonly octet: number;
  /** Number of the frame it concerns; the one after the last good frame where the file ends or becomes unreadable. */
  readonly frame: number;
  /** One sentence with its numbers. */
  readonly says: string;
}

/** Entries kept; a hostile file could make millions. */
const MOST = 100;

/** A bounded list of damage. */
export class DamageList {
  readonly entries: Damage[] = [];
  /** Entries that were not kept. */
  dropped = 0;

  add(octet: number, frame: number, says: string): void {
    if (this.entries.length < MOST) this.entries.push({ octet, frame, says });
    else this.dropped += 1;
  }
}
