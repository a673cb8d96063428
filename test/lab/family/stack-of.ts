import type { Scenario } from '../scenario.js';

/** The calculator's word for what a carrier adds. */
const carriers: Readonly<Record<string, string>> = {
  gre: 'gre',
  'gre-key': 'gre:key',
  gretap: 'gre/eth',
  vxlan: 'udp/vxlan/eth',
  geneve: 'udp/geneve/eth',
  wireguard: 'udp/wireguard',
  l2tp: 'udp/l2tp/ppp',
  ipip: 'ipip',
};
const bare = ['sit', 'esp', 'esp-transport', 'vti', 'xfrm'];

/** A scenario's tunnel as `mtucalc calc --stack` takes it, outermost first. */
export function stackOf({ tunnel = 'none', outer = 4, natT, suite = 'aes256-cbc/sha256-128' }: Scenario): string {
  if (tunnel === 'none') return '';
  const [carrier = '', protection] = tunnel.split('/');
  const inside = carriers[carrier];
  if (inside === undefined && !bare.includes(carrier)) throw new Error(`the calculator has no word for ${carrier}`);
  const esp = (mode: string): string[] => [...(natT ? ['natt'] : []), `esp:${suite.replace('/', '-')}:${mode}`];
  const ip = `ipv${outer}`;
  const parts = [ip];
  if (protection === 'esp') parts.push(...esp('transport'));
  if (protection === 'esp-tunnel') parts.push(...esp('tunnel'), ip);
  if (['esp', 'vti', 'xfrm'].includes(carrier)) parts.push(...esp('tunnel'));
  if (carrier === 'esp-transport') parts.push(...esp('transport'));
  if (inside) parts.push(inside);
  return parts.join('/');
}
