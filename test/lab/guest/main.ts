/** The interpreter of plans: runs as root inside a guest kernel and writes one line of JSON per scenario. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan, ScenarioResult } from '../results.js';
import type { Scenario } from '../scenario.js';
import { type Base, baseKey, buildBase, leavesNoTrace, linkMtuOf, removeBase } from './base.js';
import { record } from './capture.js';
import { applyFilters } from './filters.js';
import type { Ground } from './ground.js';
import { must } from './namespace.js';
import { type Background, perform, stop } from './step/index.js';
import { raise, type Standing } from './tunnel/index.js';

const plan = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Plan;
const interactive = process.argv[3] === 'shell';

const modules =
  `veth af_packet 8021q sch_netem sch_ingress cls_u32 act_pedit act_csum xfrm_user esp4 esp6 ip_gre ip6_gre ipip sit
  ip6_tunnel vxlan geneve ip_vti ip6_vti xfrm_interface wireguard`.split(/\s+/);
// One that this kernel lacks is not an error here; the runner has seen to it that no scenario needs it.
must(
  null,
  `for m in ${modules.join(' ')}; do modprobe -q $m; done; echo 1 > /proc/sys/net/core/fb_tunnels_only_for_init_net`,
);

/** The ground that still stands. */
let base: Base | undefined;

async function groundOf(scenario: Scenario): Promise<Base> {
  if (base !== undefined && base.key === baseKey(scenario)) return base;
  if (base !== undefined) removeBase(base);
  base = undefined;
  base = await buildBase(scenario, plan.work);
  return base;
}

async function execute(scenario: Scenario, steps: unknown[]): Promise<void> {
  const { wanDevice } = await groundOf(scenario);
  let tunnel: Standing | undefined;
  const background: Background = new Map();
  let stopRecording = async (): Promise<void> => {};
  try {
    tunnel = await raise(scenario, plan.work);
    const ground: Ground = {
      scenario,
      plan,
      wanDevice,
      tunnelDevice: tunnel.device,
      linkMtu: linkMtuOf(scenario),
      lanMtu: scenario.lanMtu ?? 1500,
      patienceMs: plan.patienceMs + 4 * (scenario.delayMs ?? 0),
    };
    applyFilters(scenario, wanDevice);
    stopRecording = await record(ground);
    for (const step of scenario.run) steps.push(await perform(step, ground, background));
    if (interactive) await (await import('./shell.js')).shell(ground);
  } finally {
    for (const name of [...background.keys()]) await stop(name, background);
    await stopRecording();
    tunnel?.remove();
    if (!leavesNoTrace(scenario) && base !== undefined) {
      removeBase(base);
      base = undefined;
    }
  }
}

async function main(): Promise<void> {
  for (const scenario of plan.scenarios) {
    const start = Date.now();
    const steps: unknown[] = [];
    let error: string | undefined;
    try {
      await execute(scenario, steps);
    } catch (cause) {
      error = cause instanceof Error ? cause.message : String(cause);
      if (base !== undefined) removeBase(base);
      base = undefined;
    }
    const result: Omit<ScenarioResult, 'kernel'> = {
      id: scenario.id,
      ms: Date.now() - start,
      steps,
      ...(error ? { error } : {}),
    };
    appendFileSync(join(plan.work, 'results.jsonl'), `${JSON.stringify(result)}\n`);
    console.log(`${scenario.id} ${error ? `FAILED ${error}` : 'done'} ${result.ms} ms`);
  }
}

main().then(() => process.exit(0));
