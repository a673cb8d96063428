import type { LinkReading } from '../reading.js';
import { safe } from '../secret.js';

type Told = Pick<LinkReading, 'role' | 'mtu' | 'line'> & Partial<LinkReading> & { readonly name: string };

/** An interface of which its name, its part and its MTU are known. */
export const linkDraft = (told: Told): LinkReading => ({
  addresses: [],
  defaultRoute: false,
  ifId: null,
  up: true,
  ...told,
  name: safe(told.name, 30),
});

/**
 * An MTU or MSS as it is printed, octets, whether a packet can have it or not; null for 0 (none is set) and for
 * anything else.
 */
export const mtuOf = (text: string | undefined): number | null =>
  /^\d{1,9}$/.test(text ?? '') && Number(text) > 0 ? Number(text) : null;
