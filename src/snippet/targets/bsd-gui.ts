import { checkedName, type NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
import type { Range } from './range.js';

/** interfaces.php of both: what the MSS field takes. */
export const FIELD: Range = [576, 65535];

/** FreeBSD's device names, as the assignment page of pfSense and OPNsense lists them. */
const device: NameRule = {
  language: 'an interface assignment',
  pattern: /^[A-Za-z][A-Za-z0-9_.]{0,14}$/,
  allows: 'a device as Interfaces > Assignments lists it: wg0, tun_wg0, ipsec1, gre0, ovpnc1',
};

/** The page that holds MTU and MSS of the tunnel's interface. */
export const interfacePage = ({ tunnelIf, tunnelOption }: Pick<ClampPlan, 'tunnelIf' | 'tunnelOption'>): string =>
  `Interfaces > (the one assigned to ${tunnelIf === undefined ? 'the tunnel' : checkedName(tunnelIf, tunnelOption, device)})`;
