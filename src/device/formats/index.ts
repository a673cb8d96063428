import type { DeviceFormat } from '../reading.js';
import { ciscoSa } from './cisco-sa.js';
import { fortiosTunnel } from './fortios-tunnel.js';
import { ipLink } from './ip-link.js';
import { ipRoute } from './ip-route.js';
import { ipsecConf } from './ipsec-conf.js';
import { routerosExport } from './routeros-export.js';
import { routerosSa } from './routeros-sa.js';
import { swanctlConf } from './swanctl-conf.js';
import { swanctlSas } from './swanctl-sas.js';
import { swanctlTree } from './swanctl-tree.js';
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
] as const satisfies readonly DeviceFormat[];
