import type { Libc } from '../io/libc.js';
import { ALWAYS_PROBING, IPPROTO_TCP, mtuProbing, TCP_MAXSEG, tcpInfo } from '../io/tcp-info.js';
import type { EngineState } from '../probe/diagnosis.js';
import { notLinux, stateOf, withoutLibc } from './engine-state.js';

const loadLibc = async (): Promise<Libc> => (await import('../io/libc.js')).loadLibc();
const state = stateOf('tcp');
const USUAL_MSS = 1460;

/** Whether engine `tcp` could measure: sets and reads on a socket what it would, and connects it to nothing. */
export async function tcpState(
  load = loadLibc,
  probing = mtuProbing,
  platform = process.platform,
): Promise<EngineState> {
  if (platform !== 'linux') return notLinux('tcp');
  let libc: Libc;
  try {
    libc = await load();
  } catch (error) {
    return withoutLibc('tcp', error);
  }
  if ((await probing()) === ALWAYS_PROBING)
    return state(false, 'this host starts every connection with small segments (net.ipv4.tcp_mtu_probing is 2)', {
      command: 'sudo sysctl -w net.ipv4.tcp_mtu_probing=0',
      grants: 'connections start with full segments, those of all programs here; until the next boot',
    });
  return obeys(libc)
    ? state(true, 'TCP to an open port as an ordinary user; runs alone only with --engine tcp')
    : state(false, 'this kernel refuses TCP_MAXSEG, or its TCP_INFO does not count what was acknowledged (Linux 4.1)');
}

function obeys(libc: Libc): boolean {
  // AF_INET, SOCK_STREAM.
  const fd = libc.socket(2, 1, IPPROTO_TCP);
  if (fd < 0) return false;
  try {
    return libc.setOption(fd, IPPROTO_TCP, TCP_MAXSEG, USUAL_MSS) >= 0 && tcpInfo(libc, fd) !== undefined;
  } finally {
    libc.close(fd);
  }
}
