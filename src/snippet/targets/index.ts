import type { SnippetTarget } from '../target.js';
import { asa } from './asa.js';
import { aws } from './aws.js';
import { azure } from './azure.js';
import { charon } from './charon.js';
import { checkpoint } from './checkpoint.js';
import { cisco } from './cisco.js';
import { edgeos } from './edgeos.js';
import { firewalld } from './firewalld.js';
import { fortios } from './fortios.js';
import { gcp } from './gcp.js';
import { huawei } from './huawei.js';
import { iosxr } from './iosxr.js';
import { ip6tables } from './ip6tables.js';
import { iptables } from './iptables.js';
import { junos } from './junos.js';
import { kubernetes } from './kubernetes.js';
import { linux } from './linux.js';
import { netplan } from './netplan.js';
import { networkd } from './networkd.js';
import { networkmanager } from './networkmanager.js';
import { nftables } from './nftables.js';
import { nxos } from './nxos.js';
import { openwrt } from './openwrt.js';
import { opnsense } from './opnsense.js';
import { panos } from './panos.js';
import { pf } from './pf.js';
import { pfsense } from './pfsense.js';
import { routeros } from './routeros.js';
import { sophos } from './sophos.js';
import { strongswan } from './strongswan.js';
import { ufw } from './ufw.js';
import { vyos } from './vyos.js';
import { windows } from './windows.js';
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
  edgeos,
  panos,
  asa,
  iosxr,
  nxos,
  netplan,
  networkmanager,
  networkd,
  firewalld,
  ufw,
  windows,
  sophos,
  checkpoint,
  huawei,
  kubernetes,
  aws,
  azure,
  gcp,
];
