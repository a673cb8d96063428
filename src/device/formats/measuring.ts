import type { DeviceFormat } from '../reading.js';
import { fping } from './fping.js';
import { hping } from './hping.js';
import { ipJson } from './ip-json.js';
import { netplan } from './netplan.js';
import { netsh } from './netsh.js';
import { networkd } from './networkd.js';
import { nmapPathMtu } from './nmap-path-mtu.js';
import { pfsenseConfig } from './pfsense-config.js';
import { ping } from './ping.js';
import { routerosMonitor } from './routeros-monitor.js';
import { scamper } from './scamper.js';
import { socketStatistics } from './socket-statistics.js';
import { sonicwall } from './sonicwall.js';
import { tracepath } from './tracepath.js';

/**
 * What measures a path and describes no tunnel. The page computes from descriptions alone, and is built without these.
 */
export const measuringFormats: readonly DeviceFormat[] = [
  fping,
  hping,
  nmapPathMtu,
  ping,
  scamper,
  socketStatistics,
  tracepath,
];

/**
 * Links alone, files of a Linux host or of a firewall, JSON for programs: they describe no tunnel, or `mtucalc import`
 * is at hand; not in the page.
 */
export const programFormats: readonly DeviceFormat[] = [
  ipJson,
  netplan,
  netsh,
  networkd,
  pfsenseConfig,
  routerosMonitor,
  sonicwall,
];
