import type { Catalogue } from '../src/mtu/catalogue.js';
import encr from './encr.json' with { type: 'json' };
import headers from './headers.json' with { type: 'json' };
import ike from './ike.json' with { type: 'json' };
import implementations from './implementations.json' with { type: 'json' };
import integ from './integ.json' with { type: 'json' };
import numbers from './numbers.json' with { type: 'json' };
import tunnels from './tunnels.json' with { type: 'json' };
import wan from './wan.json' with { type: 'json' };

export type { Catalogue } from '../src/mtu/catalogue.js';
export { extendCatalogue } from '../src/mtu/catalogue.js';

/**
 * Every row of this folder as one value: part of the bundle, no file is read for it at run time. A list is read when it is
 * asked for: most commands need half of them.
 */
export const catalogue = {
  get encr() {
    return encr.rows;
  },
  get integ() {
    return integ.rows;
  },
  ike,
  get wan() {
    return wan.rows;
  },
  get headers() {
    return headers.rows;
  },
  get tunnels() {
    return tunnels.rows;
  },
  get implementations() {
    return implementations.rows;
  },
  get numbers() {
    return numbers.rows;
  },
} as unknown as Catalogue;
