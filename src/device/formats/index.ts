import { MtucalcError } from '../../error.js';
import type { DeviceFormat } from '../reading.js';
import { asaSession } from './asa-session.js';
import { ciscoSa } from './cisco-sa.js';
import { cloudPolicy } from './cloud-policy.js';
import { fortiosConfig } from './fortios-config.js';
import { fortiosDetails } from './fortios-details.js';
import { fortiosTunnel } from './fortios-tunnel.js';
import { h3cSa } from './h3c-sa.js';
import { ifconfig } from './ifconfig.js';
import { ikeLog } from './ike-log.js';
import { iosConfig } from './ios-config.js';
import { iosInterface } from './ios-interface.js';
import { ipLink } from './ip-link.js';
import { ipRoute } from './ip-route.js';
import { ipsecConf } from './ipsec-conf.js';
import { ipsecStatus } from './ipsec-status.js';
import { junosConfig } from './junos-config.js';
import { junosSa } from './junos-sa.js';
import { libreswanStatus } from './libreswan-status.js';
import { measuringFormats, programFormats } from './measuring.js';
import { openvpn } from './openvpn.js';
import { openwrtNetwork } from './openwrt-network.js';
import { panosFlow } from './panos-flow.js';
import { panosSa } from './panos-sa.js';
import { routerosExport } from './routeros-export.js';
import { routerosSa } from './routeros-sa.js';
import { setkey } from './setkey.js';
import { swanctlConf } from './swanctl-conf.js';
import { swanctlConns } from './swanctl-conns.js';
import { swanctlSas } from './swanctl-sas.js';
import { swanctlTree } from './swanctl-tree.js';
import { vyosConfig } from './vyos-config.js';
import { vyosSa } from './vyos-sa.js';
import { wgQuick } from './wg-quick.js';
import { wgShow } from './wg-show.js';
import { xfrmState } from './xfrm-state.js';

/** The registry: one line for each format; the order decides nothing but the help text. */
export const deviceFormats = [
  xfrmState,
  swanctlSas,
  swanctlTree,
  swanctlConf,
  ipsecConf,
  routerosSa,
  routerosExport,
  ciscoSa,
  fortiosTunnel,
  ipLink,
  ipRoute,
  wgShow,
  wgQuick,
  asaSession,
  cloudPolicy,
  fortiosConfig,
  fortiosDetails,
  h3cSa,
  ifconfig,
  ikeLog,
  iosConfig,
  iosInterface,
  ipsecStatus,
  junosConfig,
  junosSa,
  libreswanStatus,
  openvpn,
  openwrtNetwork,
  panosFlow,
  panosSa,
  setkey,
  swanctlConns,
  vyosConfig,
  vyosSa,
  ...measuringFormats,
  ...programFormats,
] as const satisfies readonly DeviceFormat[];

/** The format of a name. @throws MtucalcError for an unknown one. */
export function findFormat(id: string): DeviceFormat {
  const found = deviceFormats.find((one) => one.id === id.toLowerCase());
  if (!found)
    throw new MtucalcError(
      'unknown-name',
      `unknown format '${id.slice(0, 40)}'`,
      `known: ${deviceFormats.map((one) => one.id).join(', ')}`,
    );
  return found;
}
