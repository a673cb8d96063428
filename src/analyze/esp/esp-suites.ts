import type { Catalogue } from '../../mtu/catalogue.js';
import type { EspNumbers } from '../../mtu/esp.js';
import { suitePairs } from '../../mtu/suite-pairs.js';

/** Suites whose lengths are the same: an observer of ciphertext cannot tell them apart. */
export interface EspShape extends EspNumbers {
  /** Names of the suites, most usual first. */
  readonly suites: readonly string[];
  /** 0 to 10: how usual the most usual of them is. */
  readonly usual: number;
  /** What every ciphertext length is a multiple of, octets (RFC 4303 2.4). */
  readonly align: number;
}

/** Every pair of block and fixed octets that the catalogue knows, most usual first. */
export function espShapes(catalogue: Catalogue): EspShape[] {
  const shapes = new Map<string, EspShape & { suites: string[] }>();
  for (const { encr, name, icv, usual } of suitePairs(catalogue)) {
    const align = Math.max(4, encr.block);
    const key = `${align}/${encr.iv + icv}`;
    const held = shapes.get(key);
    if (held) held.suites.push(name);
    else {
      const { block, iv, source } = encr;
      shapes.set(key, { name, block, iv, icv, source, suites: [name], usual, align });
    }
  }
  return [...shapes.values()];
}
