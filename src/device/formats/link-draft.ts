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

/** What an MTU can be, octets; null for anything else. */
export function mtuOf(text: string | undefined): number | null {
  const mtu = Number(text);
  return text !== undefined && Number.isInteger(mtu) && mtu >= 68 && mtu <= 65_535 ? mtu : null;
}
