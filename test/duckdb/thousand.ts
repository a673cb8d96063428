import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MAGIC_MICROSECONDS = 0xa1b2c3d4;
const DAY = 86_400;
const SITES = 20;
/** A router in so many wrote something else into its file. */
const BROKEN = 97;

/** A generated capture: where it is, and when its first frame was recorded, seconds since 1970. */
export interface Generated {
  readonly file: string;
  readonly site: string;
  readonly day: number;
  readonly began: number;
}

/**
 * `count` captures of twenty sites on fourteen days up to `now`, made of those in captures/: their frames, at other
 * times, so that what is in them was recorded on a real kernel. DAY/SITE/NUMBER.pcap below `folder`.
 */
export function generate(folder: string, count: number, now: number): Generated[] {
  const seeds = readdirSync('captures')
    .filter((name) => name.endsWith('.pcap'))
    .map((name) => readFileSync(`captures/${name}`));
  return Array.from({ length: count }, (_, index) => {
    const day = index % 14;
    // One site was opened today.
    const number = day === 0 && index % 3 === 0 ? SITES : (index * 7) % SITES;
    const site = `site-${String(number).padStart(2, '0')}`;
    mkdirSync(join(folder, `day-${day}`, site), { recursive: true });
    const file = join(`day-${day}`, site, `${index}.pcap`);
    // An hour and more from midnight of the days that the queries count.
    const began = now - day * DAY - 3600 * (1 + (index % 9));
    const seed = seeds[(index * 5 + day) % seeds.length]!;
    writeFileSync(join(folder, file), index % BROKEN === BROKEN - 1 ? 'no capture at all' : moved(seed, began));
    return { file, site, day, began };
  });
}

/** A classic capture with microseconds whose first frame was recorded at `began`. */
function moved(seed: Buffer, began: number): Buffer {
  const octets = Buffer.from(seed);
  if (octets.readUInt32LE(0) !== MAGIC_MICROSECONDS) throw new Error('captures/ holds another format now');
  const shift = began - octets.readUInt32LE(24);
  for (let at = 24; at < octets.length; at += 16 + octets.readUInt32LE(at + 8))
    octets.writeUInt32LE(octets.readUInt32LE(at) + shift, at);
  return octets;
}
