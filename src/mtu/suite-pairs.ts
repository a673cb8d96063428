import type { Catalogue, EncrRow, IntegRow } from './catalogue.js';

/** An encryption algorithm and the integrity algorithm beside it; null where the first does both (AEAD). */
export interface SuitePair {
  readonly encr: EncrRow;
  readonly integ: IntegRow | null;
  readonly name: string;
  /** Octets of the ICV, whichever of the two makes it. */
  readonly icv: number;
  /** 0 to 10: as usual as the rarer of the two. */
  readonly usual: number;
}

/** Every pair of the catalogue that ESP can have, most usual first. */
export function suitePairs(catalogue: Catalogue): SuitePair[] {
  const integs = catalogue.integ.filter(({ icv, ahOnly }) => icv > 0 && !ahOnly);
  return catalogue.encr
    .flatMap((encr): SuitePair[] =>
      encr.kind === 'aead'
        ? [{ encr, integ: null, name: encr.name, icv: encr.icv, usual: encr.usual }]
        : integs.map((integ) => ({
            encr,
            integ,
            name: `${encr.name} with ${integ.name}`,
            icv: encr.icv + integ.icv,
            usual: Math.min(encr.usual, integ.usual),
          })),
    )
    .sort((left, right) => right.usual - left.usual);
}
