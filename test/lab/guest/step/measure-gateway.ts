import type { Fate } from '../../results.js';
import type { MeasureStep } from '../../scenario.js';
import { addresses as a, octets } from '../addresses.js';
import type { Ground } from '../ground.js';
import {
  AF,
  address,
  closeSocket,
  connectTo,
  EMSGSIZE,
  errno,
  getOption,
  openSocket,
  POLLIN,
  pollSockets,
  receive,
  SOCK,
  sendOn,
  setInt,
  sleepMs,
} from '../libc.js';
import { isChatter, Watcher } from '../watcher.js';
import type { Prober } from './measure.js';

const IPPROTO_IP = 0;
const IPPROTO_UDP = 17;
const IPPROTO_IPV6 = 41;
const IP_MTU_DISCOVER = 10;
const IP_MTU = 14;
const IPV6_MTU_DISCOVER = 23;
const IPV6_MTU = 24;
const IPV6_DONTFRAG = 62;
const DO = 2;
const DISCARD = 9;
const UDP_HEADER = 8;

/**
 * From the stack of gw1 itself to gw2, through its own policies (transport mode). What is too large is refused by the
 * kernel (EMSGSIZE), which also says the path MTU of the socket; what arrived is read by a raw socket at gw2.
 */
export function fromGateway(step: MeasureStep, ground: Ground): Prober {
  const family = step.inner ?? 4;
  const six = family === 6;
  const domain = six ? AF.INET6 : AF.INET;
  const level = six ? IPPROTO_IPV6 : IPPROTO_IP;
  const header = six ? 40 : 20;
  const out = openSocket('gw1', domain, SOCK.DGRAM, 0);
  setInt(out, level, six ? IPV6_MTU_DISCOVER : IP_MTU_DISCOVER, DO);
  if (six) setInt(out, level, IPV6_DONTFRAG, 1);
  connectTo(out, address(octets(a.gw2[family]), DISCARD));
  const there = openSocket('gw2', domain, SOCK.RAW, IPPROTO_UDP);
  const wan = new Watcher('gw1', ground.wanDevice);
  const into = Buffer.alloc(65_536);
  let id = 0;
  const arrives = (size: number): boolean => {
    const end = Date.now() + ground.patienceMs;
    while (Date.now() < end) {
      pollSockets([{ fd: there, events: POLLIN }], end - Date.now());
      for (let got = receive(there, into, true); got >= 0; got = receive(there, into, true)) {
        // An IPv6 raw socket delivers without the IP header.
        const at = six ? 0 : header;
        if (got + header - at === size && into.readUInt32BE(at + UDP_HEADER) === id) return true;
      }
    }
    return false;
  };
  const fate = (size: number): Fate => {
    id++;
    wan.drain();
    const data = Buffer.alloc(size - header - UDP_HEADER);
    data.writeUInt32BE(id);
    // The first send after an ICMP error returns that error and sends nothing.
    const sent = sendOn(out, data) >= 0 || sendOn(out, data) >= 0;
    const refused = !sent && errno() === EMSGSIZE;
    const arrived = !refused && arrives(size);
    const outer: number[] = [];
    for (let sight = wan.next(); sight; sight = wan.next()) {
      if (sight.outgoing && !isChatter(sight)) outer.push(sight.length);
    }
    if (arrived) return { size, fate: outer.length === 1 ? 'whole' : 'outer-fragments', outer, ptbMtu: null };
    const ptbMtu = getOption(out, level, six ? IPV6_MTU : IP_MTU, 4).readInt32LE(0);
    return { size, fate: refused ? 'refused' : 'lost', outer, ptbMtu };
  };
  const close = (): void => {
    for (const fd of [out, there]) closeSocket(fd);
    wan.close();
  };
  return { fate, settle: () => sleepMs(ground.patienceMs), close };
}
