import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario } from '../scenario.js';
import { addresses as a } from './addresses.js';
import { linkMtuOf } from './base.js';
import { inNamespace } from './libc.js';
import { end, ip, must, startAt } from './namespace.js';

export interface WanSession {
  /** Device of gw1 with its WAN address. */
  readonly device: string;
  /** Its peer at isp. */
  readonly ispDevice: string;
  end(): void;
}

/** Ethernet, a VLAN, or a PPPoE session between gw1 and isp. */
export async function bringUpWan(scenario: Scenario, work: string): Promise<WanSession> {
  const wan = scenario.wan ?? 'ethernet';
  const mtu = linkMtuOf(scenario);
  let [device, ispDevice] = ['wan0', 'up0'];
  if (wan === 'vlan' || wan === 'pppoe-vlan') {
    for (const [node, name] of [
      ['gw1', 'wan0'],
      ['isp', 'up0'],
    ] as const) {
      ip(node, [`link add link ${name} name ${name}.100 type vlan id 100`, `link set ${name}.100 up`]);
    }
    [device, ispDevice] = ['wan0.100', 'up0.100'];
  }
  if (wan.startsWith('pppoe')) return pppoe(device, ispDevice, mtu, work);
  ip('gw1', [
    `link set ${device} mtu ${mtu}`,
    `addr add ${a.gw1[4]}/30 dev ${device}`,
    `addr add ${a.gw1[6]}/64 dev ${device} nodad`,
    `route add default via ${a.ispUp[4]}`,
    `route add ::/0 via ${a.ispUp[6]}`,
  ]);
  ip('isp', [
    `link set ${ispDevice} mtu ${mtu}`,
    `addr add ${a.ispUp[4]}/30 dev ${ispDevice}`,
    `addr add ${a.ispUp[6]}/64 dev ${ispDevice} nodad`,
  ]);
  return { device, ispDevice, end: () => {} };
}

async function pppoe(device: string, ispDevice: string, mtu: number, work: string): Promise<WanSession> {
  must(null, 'modprobe -a pppoe ppp_generic; [ -e /dev/ppp ] || mknod /dev/ppp c 108 0');
  const common = `noauth\nlcp-echo-interval 0\nmtu ${mtu}\nmru ${mtu}\nnoccp\nnodetach\n+ipv6\n`;
  const options = '/run/pppoe-server-options';
  writeFileSync(options, common);
  const log = join(work, 'pppd.log');
  const server = startAt(
    'isp',
    ['pppoe-server', '-I', ispDevice, '-L', a.ispUp[4], '-R', a.gw1[4], '-N', '4', '-O', options, '-F'],
    log,
  );
  await wait(300);
  const client = startAt(
    'gw1',
    ['pppd', 'plugin', 'rp-pppoe.so', device, ...common.trim().split(/\s+/), 'nodefaultroute'],
    log,
  );
  const session = {
    device: 'ppp0',
    ispDevice: 'ppp0',
    end: () => {
      end(client);
      end(server);
    },
  };
  for (let tries = 0; !(bothUp('gw1') && bothUp('isp')); tries++) {
    if (tries > 300 || client.exitCode !== null) {
      session.end();
      throw new Error(`the PPPoE session did not come up:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    }
    await wait(100);
  }
  ip('gw1', [
    `addr add ${a.gw1[6]}/64 dev ppp0 nodad`,
    'route add default dev ppp0',
    `route add ::/0 via ${a.ispUp[6]} dev ppp0`,
  ]);
  ip('isp', [`addr add ${a.ispUp[6]}/64 dev ppp0 nodad`]);
  return session;
}

/** IPCP has put in the route to the peer, IPV6CP the link-local address. */
const bothUp = (node: 'gw1' | 'isp'): boolean =>
  inNamespace(
    node,
    () =>
      /^ppp0/m.test(readFileSync('/proc/net/route', 'utf8')) &&
      /ppp0$/m.test(readFileSync('/proc/net/if_inet6', 'utf8')),
  );
