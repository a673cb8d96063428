import { join } from 'node:path';
import type { Capture, Node } from '../scenario.js';
import type { Ground } from './ground.js';
import { type Background, perform, stop } from './step/index.js';

function placeOf({ point }: Capture, ground: Ground): readonly [Node, string] {
  switch (point) {
    case 'client':
      return ['client', 'c0'];
    case 'server':
      return ['server', 's0'];
    case 'gw1-lan':
      return ['gw1', 'lan0'];
    case 'gw1-wan':
      return ['gw1', 'wan0'];
    case 'gw1-wan-ip':
      return ['gw1', ground.wanDevice];
    case 'gw1-any':
      return ['gw1', 'any'];
    case 'isp':
      return ['isp', 'down0'];
    case 'gw2-wan':
      return ['gw2', 'wan0'];
    case 'gw2-lan':
      return ['gw2', 'lan0'];
    case 'gw1-tunnel':
      if (ground.tunnelDevice === null) throw new Error(`tunnel ${ground.scenario.tunnel} has no device to capture on`);
      return ['gw1', ground.tunnelDevice];
  }
}

/** Starts tcpdump at every capture point; returns what ends them, with the last packets written. */
export async function record(ground: Ground): Promise<() => Promise<void>> {
  const background: Background = new Map();
  for (const capture of ground.scenario.capture ?? []) {
    const [at, device] = placeOf(capture, ground);
    const file = join(ground.plan.work, `${ground.scenario.id}-${capture.point}.pcap`);
    const command = ['tcpdump', '--immediate-mode', '-U', '-Z', 'root', '-n', '-i', device, '-w', file];
    // In immediate mode every slot of the ring is as large as the snap length: few slots would lose packets.
    command.push('-s', String(capture.snapLength ?? 9216), '-B', '32768');
    if (capture.filter) command.push(capture.filter);
    await perform(
      { do: 'start', name: `tcpdump-${capture.point}`, at, command, until: 'listening on' },
      ground,
      background,
    );
  }
  return async () => {
    for (const name of [...background.keys()]) {
      const { stderr } = await stop(name, background);
      const dropped = Number(/(\d+) packets? dropped by kernel/.exec(stderr)?.[1] ?? Number.NaN);
      if (dropped !== 0) throw new Error(`${name} lost packets or did not end well: ${stderr}`);
    }
  };
}
