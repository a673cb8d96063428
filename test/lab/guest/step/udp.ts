import type { UdpResult } from '../../results.js';
import type { UdpStep } from '../../scenario.js';
import { addresses as a, octets } from '../addresses.js';
import type { Ground } from '../ground.js';
import { AF, address, bindTo, closeSocket, openSocket, receive, SOCK, sendTo, setInt, sleepMs } from '../libc.js';
import { Tally, Watcher } from '../watcher.js';

const IP_MTU_DISCOVER = 10;
const IPPROTO_IPV6 = 41;
const IPV6_MTU_DISCOVER = 23;
/** DONT clears DF (IPv4); PROBE sets it and does not listen to Packet Too Big. */
const DONT = 0;
const PROBE = 3;
let port = 7000;

/** Datagrams through the sender's own stack, as an application sends them. */
export function udp(step: UdpStep, ground: Ground): UdpResult {
  const inner = step.inner ?? 4;
  const family = inner === 4 ? AF.INET : AF.INET6;
  const up = step.from !== 'server';
  const [from, to] = up ? (['client', 'server'] as const) : (['server', 'client'] as const);
  const sender = openSocket(from, family, SOCK.DGRAM, 0);
  const receiver = openSocket(to, family, SOCK.DGRAM, 0);
  const watchers = [
    new Watcher('client', 'c0'),
    new Watcher('server', 's0'),
    new Watcher('gw1', ground.wanDevice),
  ] as const;
  const tallies = [new Tally(), new Tally(), new Tally()] as const;
  const target = address(octets(a[to][inner]), ++port);
  const data = Buffer.alloc(step.size - (inner === 4 ? 28 : 48), 'u');
  let sent = 0;
  let arrived = 0;
  const into = Buffer.alloc(65_536);
  const take = (): void => {
    while (receive(receiver, into, true) >= 0) arrived++;
    watchers.forEach((watcher, index) => {
      for (let sight = watcher.next(); sight; sight = watcher.next()) tallies[index]!.add(sight);
    });
  };
  try {
    const level = inner === 4 ? 0 : IPPROTO_IPV6;
    setInt(sender, level, inner === 4 ? IP_MTU_DISCOVER : IPV6_MTU_DISCOVER, step.df ? PROBE : DONT);
    bindTo(receiver, target);
    for (let count = 0; count < (step.count ?? 1); count++) {
      // A pending ICMP error comes back as the result of the next send, which then has to be repeated.
      if (sendTo(sender, data, target) >= 0 || sendTo(sender, data, target) >= 0) sent++;
      sleepMs(5);
      take();
    }
    if (step.patient !== false) sleepMs(ground.patienceMs);
    take();
    const [client, server, wan] = tallies;
    return { sent, arrived, seen: { client: client.seen, server: server.seen, wan: wan.seen } };
  } finally {
    closeSocket(sender);
    closeSocket(receiver);
    for (const watcher of watchers) watcher.close();
  }
}
