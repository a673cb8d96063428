import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Node, Scenario } from '../../scenario.js';
import { inNamespace } from '../libc.js';
import { end, ip, must, startAt } from '../namespace.js';
import type { Device, End } from './tunnel.js';

const device: Device = {
  name: 'l2tp1',
  // xl2tpd and pppd make it.
  add: () => [],
  selector: () => 'proto udp dport 1701',
};

export interface L2tpSession {
  readonly device: Device;
  /** Dials, waits for PPP in both families, and routes the far networks into it. */
  connect(): Promise<void>;
  end(): void;
}

/** L2TP (RFC 2661) by xl2tpd and the kernel's pppol2tp: gw1 dials gw2. */
export function l2tp(scenario: Scenario, ends: readonly [End, End], work: string): L2tpSession {
  const [caller, answerer] = ends;
  if (caller.outer === 6) throw new Error('xl2tpd speaks IPv4 only: outer 4');
  const log = join(work, 'l2tp.log');
  const mtu = scenario.tunnelMtu ?? 9000;
  const children: ChildProcess[] = [];
  const connect = async (): Promise<void> => {
    must(null, 'modprobe -a l2tp_ppp ppp_generic; [ -e /dev/ppp ] || mknod /dev/ppp c 108 0');
    mkdirSync('/run/l2tp', { recursive: true });
    writeFileSync(
      '/run/l2tp/ppp',
      `noauth\nmtu ${mtu}\nmru ${mtu}\nnoccp\nnovj\nnoaccomp\nnopcomp\nlcp-echo-interval 0\n+ipv6\nifname ${device.name}\nnodefaultroute\n`,
    );
    // The two pppd start in the same instant, and now and then one of them gives up: dial again from the beginning.
    for (let dials = 1; !(await dial()); dials++) {
      if (dials === 4)
        throw new Error(`L2TP did not come up:\n${existsSync(log) ? readFileSync(log, 'utf8').slice(-3000) : ''}`);
      for (const child of children.splice(0)) end(child);
      await wait(1000);
    }
    for (const { node, far } of ends) {
      ip(node, [
        `link set ${device.name} mtu ${mtu}`,
        ...[far[4], far[6]].map((net) => `route add ${net} dev ${device.name}`),
      ]);
    }
  };
  const dial = async (): Promise<boolean> => {
    children.push(
      daemon(answerer, log, ['[lns default]', `ip range = ${caller.inside[4]}`, `local ip = ${answerer.inside[4]}`]),
    );
    await wait(500);
    children.push(
      daemon(caller, log, [
        '[lac far]',
        `lns = ${caller.remote}`,
        'autodial = yes',
        'redial = yes',
        'redial timeout = 1',
      ]),
    );
    for (let tries = 0; tries < 100; tries++) {
      if (ends.every(({ node }) => isUp(node))) return true;
      await wait(100);
    }
    return false;
  };
  return { device, connect, end: () => children.forEach((child) => void end(child)) };
}

function daemon({ node, local }: End, log: string, section: readonly string[]): ChildProcess {
  const file = `/run/l2tp/${node}.conf`;
  const common = ['pppoptfile = /run/l2tp/ppp', 'require authentication = no', 'require chap = no', 'refuse pap = yes'];
  writeFileSync(file, `${['[global]', `listen-addr = ${local}`, ...section, ...common].join('\n')}\n`);
  const words = ['xl2tpd', '-D', '-c', file, '-p', `/run/l2tp/${node}.pid`, '-C', `/run/l2tp/${node}.control`];
  return startAt(node, words, log);
}

const isUp = (node: Node): boolean =>
  inNamespace(
    node,
    () =>
      readFileSync('/proc/net/route', 'utf8').includes(device.name) &&
      new RegExp(`${device.name}$`, 'm').test(readFileSync('/proc/net/if_inet6', 'utf8')),
  );
