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

/** Every row of this folder as one value: part of the bundle, no file is read for it at run time. */
export const catalogue = {
  encr: encr.rows,
  integ: integ.rows,
  ike,
  wan: wan.rows,
  headers: headers.rows,
  tunnels: tunnels.rows,
  implementations: implementations.rows,
  numbers: numbers.rows,
} as unknown as Catalogue;
