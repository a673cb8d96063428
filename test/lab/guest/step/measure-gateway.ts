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
  sendTo,
  setInt,
} from '../libc.js';
import { isChatter, Watcher } from '../watcher.js';
import type { Prober } from './measure.js';
import { probePacket } from './probe-packet.js';

const IPPROTO_UDP = 17;
const IPPROTO_RAW = 255;
const IP_MTU_DISCOVER = 10;
const IP_MTU = 14;
const IPPROTO_IPV6 = 41;
const IPV6_MTU_DISCOVER = 23;
const IPV6_MTU = 24;
const IPV6_HDRINCL = 36;
const DO = 2;

/**
 * From the stack of gw1 itself to gw2, through its own policies (transport mode). What fits is said by the kernel's
 * refusal (EMSGSIZE) and by the path MTU of a connected socket; what arrived is read by a raw socket at gw2.
 */
export function fromGateway(step: MeasureStep, ground: Ground): Prober {
  const family = step.inner ?? 4;
  const six = family === 6;
  const [source, target] = [a.gw1[family], a.gw2[family]];
  const out = openSocket('gw1', six ? AF.INET6 : AF.INET, SOCK.RAW, IPPROTO_RAW);
  if (six) setInt(out, IPPROTO_IPV6, IPV6_HDRINCL, 1);
  setInt(out, six ? IPPROTO_IPV6 : 0, six ? IPV6_MTU_DISCOVER : IP_MTU_DISCOVER, DO);
  const there = openSocket('gw2', six ? AF.INET6 : AF.INET, SOCK.RAW, IPPROTO_UDP);
  const pathMtu = openSocket('gw1', six ? AF.INET6 : AF.INET, SOCK.DGRAM, 0);
  connectTo(pathMtu, address(octets(target), 9));
  const wan = new Watcher('gw1', ground.wanDevice);
  const into = Buffer.alloc(65_536);
  let sequence = 0;
  const knownMtu = (): number => getOption(pathMtu, six ? IPPROTO_IPV6 : 0, six ? IPV6_MTU : IP_MTU, 4).readInt32LE(0);
  const fate = (size: number): Fate => {
    const id = 20_000 + (++sequence % 40_000);
    wan.drain();
    while (receive(there, into, true) >= 0) {}
    const sent = sendTo(out, probePacket(family, source, target, id, size), address(octets(target), 0));
    const refused = sent < 0 && errno() === EMSGSIZE;
    const arrived = arrives(size, id);
    const outer: number[] = [];
    for (let sight = wan.next(); sight; sight = wan.next()) {
      if (sight.outgoing && !isChatter(sight)) outer.push(sight.length);
    }
    if (arrived) return { size, fate: outer.length === 1 ? 'whole' : 'outer-fragments', outer, ptbMtu: null };
    return { size, fate: refused ? 'refused' : 'lost', outer, ptbMtu: knownMtu() };
  };
  const arrives = (size: number, id: number): boolean => {
    const end = Date.now() + ground.patienceMs;
    const header = six ? 0 : 20;
    while (Date.now() < end) {
      pollSockets([{ fd: there, events: POLLIN }], end - Date.now());
      for (let got = receive(there, into, true); got >= 0; got = receive(there, into, true)) {
        // IPv6 raw sockets deliver without the IP header.
        if (got + (six ? 40 : 0) === size && into.readUInt16BE(header) === id) return true;
      }
    }
    return false;
  };
  const close = (): void => {
    for (const fd of [out, there, pathMtu]) closeSocket(fd);
    wan.close();
  };
  return { fate, close };
}
