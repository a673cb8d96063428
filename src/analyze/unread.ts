import { type Frame, Stop } from '../frame/frame.js';
import { linkTypeName } from '../frame/link-type.js';

/** Link types told apart; a damaged file could name each of 65 536. */
const MOST_LINKS = 64;

/** Frames that hold nothing readable, by what keeps it from being read. */
export class UnreadFrames {
  private readonly links = new Map<number, number>();
  /** Frames of further link types. */
  private others = 0;
  private encrypted = 0;

  /** For frames that end at `Stop.link` or `Stop.encrypted` only. */
  note({ stop, linkType }: Frame): void {
    if (stop === Stop.encrypted) this.encrypted += 1;
    else if (this.links.has(linkType) || this.links.size < MOST_LINKS)
      this.links.set(linkType, (this.links.get(linkType) ?? 0) + 1);
    else this.others += 1;
  }

  /** Their link types, as a message names them. */
  names(): string[] {
    return [...this.links.keys()].map(linkTypeName);
  }

  /** What a file holds of which nothing can be read; undefined where that is nothing. `frames` are all of the file. */
  holds(frames: number): string | undefined {
    const parts = [...this.links].map(
      ([link, count]) => `${count} of link type ${linkTypeName(link)}, which is not read`,
    );
    if (this.others > 0) parts.push(`${this.others} of ${MOST_LINKS} link types more`);
    if (this.encrypted > 0) parts.push(`${this.encrypted} that their link encrypts`);
    return parts.length === 0 ? undefined : `${frames} ${frames === 1 ? 'frame' : 'frames'}: ${parts.join(', ')}`;
  }
}
