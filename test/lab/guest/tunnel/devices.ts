import type { Carrier } from '../../scenario.js';
import type { Device, End } from './tunnel.js';
import { wireguard } from './wireguard.js';

const six = ({ outer }: End): boolean => outer === 6;
/** Without `encaplimit none` an IPv6 tunnel carries an 8-octet destination option. */
const plain6 = (end: End): string => (six(end) ? 'encaplimit none' : '');
const ends = ({ local, remote }: End): string => `local ${local} remote ${remote}`;

export const devices: Readonly<Record<Carrier | 'wireguard' | 'vti' | 'xfrm', Device>> = {
  gre: {
    name: 'gre1',
    add: (end) => [`link add gre1 type ${six(end) ? 'ip6gre' : 'gre'} ${ends(end)} ${plain6(end)}`],
    selector: () => 'proto gre',
  },
  'gre-key': {
    name: 'gre1',
    add: (end) => [`link add gre1 type ${six(end) ? 'ip6gre' : 'gre'} ${ends(end)} key 42 ${plain6(end)}`],
    selector: () => 'proto gre',
  },
  gretap: {
    name: 'tap1',
    add: (end) => [`link add tap1 type ${six(end) ? 'ip6gretap' : 'gretap'} ${ends(end)} ${plain6(end)}`],
    ownSubnet: true,
    selector: () => 'proto gre',
  },
  ipip: {
    name: 'ipip1',
    add: (end) => [
      six(end)
        ? `link add ipip1 type ip6tnl mode any ${ends(end)} encaplimit none`
        : `link add ipip1 type ipip ${ends(end)}`,
    ],
    selector: () => 'proto 4',
    carries: [4],
  },
  sit: {
    name: 'sit1',
    add: (end) => [`link add sit1 type sit ${ends(end)}`],
    selector: () => 'proto 41',
    carries: [6],
  },
  vxlan: {
    name: 'vx1',
    add: (end) => [`link add vx1 type vxlan id 99 ${ends(end)} dstport 4789 ${six(end) ? 'udp6zerocsumrx' : ''}`],
    ownSubnet: true,
    selector: () => 'proto udp dport 4789',
  },
  geneve: {
    name: 'gnv1',
    add: ({ remote }) => [`link add gnv1 type geneve id 99 remote ${remote} dstport 6081`],
    ownSubnet: true,
    selector: () => 'proto udp dport 6081',
  },
  vti: {
    name: 'vti1',
    add: (end) => [`link add vti1 type ${six(end) ? 'vti6' : 'vti'} ${ends(end)} key 42`],
  },
  xfrm: {
    name: 'xfrm1',
    add: () => ['link add xfrm1 type xfrm if_id 42'],
  },
  wireguard,
};
