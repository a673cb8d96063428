import { spawnSync } from 'node:child_process';
import type { Ground } from './ground.js';

/** Hands the terminal over while the scenario stands. */
export async function shell({ scenario, wanDevice, tunnelDevice }: Ground): Promise<void> {
  console.log(`
scenario ${scenario.id} stands. client:c0 -- lan0:gw1:${wanDevice} == isp == wan0:gw2:lan0 -- s0:server${tunnelDevice ? `, tunnel device ${tunnelDevice}` : ''}
  ip netns exec client ping -M do -s 1400 10.2.0.2      ip netns exec gw1 tcpdump -n -i ${wanDevice}
exit ends the guest.`);
  spawnSync('/bin/bash', ['--norc', '-i'], { stdio: 'inherit', env: { ...process.env, PS1: 'guest# ' } });
}
