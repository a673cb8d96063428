import { must } from '../namespace.js';
import type { Device } from './tunnel.js';

/** Two key pairs made once per guest. */
let keys: Record<'gw1' | 'gw2', { secret: string; open: string }> | undefined;
const keysOf = (node: 'gw1' | 'gw2') => {
  keys ??= { gw1: pair(), gw2: pair() };
  return keys[node];
};
function pair() {
  const secret = must(null, 'wg genkey').trim();
  return { secret, open: must(null, `echo ${secret} | wg pubkey`).trim() };
}

export const wireguard: Device = {
  name: 'wg1',
  add: () => ['link add wg1 type wireguard'],
  after: ({ node, remote }) => {
    const other = keysOf(node === 'gw1' ? 'gw2' : 'gw1').open;
    const endpoint = remote.includes(':') ? `[${remote}]:51820` : `${remote}:51820`;
    must(
      node,
      `echo ${keysOf(node).secret} > /run/wg-${node} && wg set wg1 listen-port 51820 private-key /run/wg-${node} peer ${other} endpoint ${endpoint} allowed-ips 0.0.0.0/0,::/0`,
    );
  },
};
