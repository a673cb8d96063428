import type { SnippetTarget } from '../target.js';
import { charon } from './charon.js';
import { cisco } from './cisco.js';
import { fortios } from './fortios.js';
import { ip6tables } from './ip6tables.js';
import { iptables } from './iptables.js';
import { junos } from './junos.js';
import { linux } from './linux.js';
import { nftables } from './nftables.js';
import { openwrt } from './openwrt.js';
import { opnsense } from './opnsense.js';
import { pf } from './pf.js';
import { pfsense } from './pfsense.js';
import { routeros } from './routeros.js';
import { strongswan } from './strongswan.js';
import { vyos } from './vyos.js';
import { wireguard } from './wireguard.js';

/** The registry: one line for each box. */
export const targets: readonly SnippetTarget[] = [
  routeros,
  iptables,
  ip6tables,
  nftables,
  strongswan,
  charon,
  linux,
  openwrt,
  vyos,
  cisco,
  junos,
  fortios,
  pf,
  pfsense,
  opnsense,
  wireguard,
];
