import { MtucalcError } from '../error.js';
import { findRow } from './alias.js';
import type { Catalogue, TunnelRow } from './catalogue.js';
import type { EspMode } from './esp.js';
import { hintForRow, shown } from './nearest.js';
import { isOpenvpnAead } from './openvpn.js';
import { type Element, parseStack } from './stack-text.js';
import type { Suite } from './suite.js';

/** What fills the places of a tunnel's stack. */
export interface TunnelChoice {
  readonly outer: 4 | 6;
  readonly natT: boolean;
  readonly suite: Suite | null;
  /** Overrides the tunnel's usual mode. */
  readonly mode: EspMode | undefined;
}

export function findTunnel(name: string, catalogue: Catalogue): TunnelRow {
  const row = findRow(catalogue.tunnels, name);
  if (!row)
    throw new MtucalcError('unknown-name', `unknown tunnel ${shown(name)}`, hintForRow(name, catalogue.tunnels));
  return row;
}

/** Whether the tunnel has a place for ESP or AH. */
export const isIpsec = (row: TunnelRow): boolean => row.stack.includes('{esp}');

/** Whether the tunnel's lengths depend on a suite that is no IPsec. */
export const isOpenvpn = (row: TunnelRow): boolean => row.stack.includes('{openvpn}');

/** OpenVPN's data channel: a header of fixed length for an AEAD (and where none is named), else the CBC form. */
function openvpnElements({ stack }: TunnelRow, suite: Suite | null, catalogue: Catalogue): Element[] {
  const ethernet = stack.endsWith('/eth');
  if (suite && !isOpenvpnAead(suite)) return [{ kind: 'openvpn', suite, gives: ethernet ? 'ether' : 'packet' }];
  return parseStack(stack.includes('/tcp/') ? 'openvpn-tcp' : ethernet ? 'openvpn-tap' : 'openvpn', catalogue);
}

/** The IP version a tunnel's own outer header fixes; null where `--outer` chooses. */
export const fixedOuter = ({ stack }: TunnelRow): 4 | 6 | null =>
  stack.startsWith('ipv4') ? 4 : stack.startsWith('ipv6') ? 6 : null;

/** The elements of a named tunnel, outermost first. */
export function expandTunnel(
  row: TunnelRow,
  { outer, natT, suite, mode }: TunnelChoice,
  catalogue: Catalogue,
): Element[] {
  if (row.stack === '') return [];
  const used = mode ?? row.mode ?? 'tunnel';
  return row.stack.split('/').flatMap((word): Element[] => {
    if (word === '{outer}') return parseStack(`ipv${outer}`, catalogue);
    if (word === '{natt}') return natT ? parseStack('natt', catalogue) : [];
    // In tunnel mode what is inside needs an IP header of its own: the outer one belongs to ESP.
    if (word === '{own}') return used === 'tunnel' ? parseStack(`ipv${outer}`, catalogue) : [];
    if (word === '{openvpn}') return openvpnElements(row, suite, catalogue);
    if (word !== '{esp}') return parseStack(word, catalogue);
    if (!suite)
      throw new MtucalcError('incomplete', `${row.name} needs a cipher`, 'for example --cipher aes256-sha256');
    const { ah, encr } = suite;
    // AH and ESP together: AH covers the ESP packet under the same IP header (RFC 4301 §4.1, SA bundle).
    const outside: Element[] = ah ? [{ kind: 'ah', suite, mode: encr ? 'transport' : used }] : [];
    return encr ? [...outside, { kind: 'esp', suite, mode: used }] : outside;
  });
}
