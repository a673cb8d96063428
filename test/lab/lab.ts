import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repo, runGuest, withWorkFolder } from './guest-process.js';
import { kernelFor } from './kernel/index.js';
import type { GuestKernel, Requirement } from './kernel/kernel.js';
import { demand } from './kernel/requirements.js';
import type { Plan, ResultOf, ScenarioResult } from './results.js';
import type { Scenario, Step } from './scenario.js';

export interface LabOptions {
  /** Programs that the scenarios' own commands call. */
  readonly requires?: readonly Requirement[];
  /** Upper limit for the whole guest, in seconds of the fast kernel; default 30 + 20 per scenario. */
  readonly limitSeconds?: number;
  /** Where the recorded captures go: <folder>/<scenario id>-<point>.pcap */
  readonly captures?: string;
  /** Called with each result as it is read back. */
  readonly onResult?: (result: ScenarioResult) => void;
}

/** Results by scenario id. */
export type LabResults = ReadonlyMap<string, ScenarioResult>;

/**
 * Runs scenarios, one guest per kernel they need, and returns what was measured. A scenario that breaks carries its
 * error and does not stop the others.
 * @throws when something this machine lacks makes it impossible, or when a guest hangs (with its last output).
 */
export async function runLab(scenarios: readonly Scenario[], options: LabOptions = {}): Promise<LabResults> {
  const results = new Map<string, ScenarioResult>();
  const ids = new Set(scenarios.map(({ id }) => id));
  if (ids.size !== scenarios.length) throw new Error('scenario ids are not unique');
  for (const kernel of new Set(scenarios.map(kernelFor))) {
    const mine = scenarios.filter((scenario) => kernelFor(scenario) === kernel);
    demand(kernel, mine, options.requires);
    for (const result of await withWorkFolder((work) => runIn(kernel, mine, work, options))) {
      results.set(result.id, result);
      options.onResult?.(result);
    }
  }
  return results;
}

async function runIn(kernel: GuestKernel, scenarios: readonly Scenario[], work: string, options: LabOptions) {
  const plan: Plan = { repo, work, patienceMs: kernel.patienceMs, scenarios };
  await writeFile(join(work, 'plan.json'), JSON.stringify(plan));
  await bundleGuest(join(work, 'guest.cjs'));
  const ran = await runGuest(kernel, work, guestCommand(work), {
    limitSeconds: options.limitSeconds ?? 30 + 20 * scenarios.length,
  });
  const lines = (await readFile(join(work, 'results.jsonl'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const results = lines.map((line) => ({ ...(JSON.parse(line) as ScenarioResult), kernel: kernel.id }));
  if (results.length < scenarios.length) {
    throw new Error(
      `the ${kernel.id} guest stopped early (status ${ran.status}); its last output:\n${ran.output.slice(-6000)}`,
    );
  }
  if (options.captures !== undefined) {
    for (const { id, capture } of scenarios) {
      for (const { point } of capture ?? []) {
        await copyFile(join(work, `${id}-${point}.pcap`), join(options.captures, `${id}-${point}.pcap`));
      }
    }
  }
  return results;
}

/** The line that starts the interpreter of plans inside the guest. */
export const guestCommand = (work: string, words = ''): string =>
  `NODE_PATH=${modulesFolder()} ${process.execPath} ${join(work, 'guest.cjs')} ${join(work, 'plan.json')} ${words}`;

/** One file, so that the guest has little to open; koffi stays outside, it is native. */
export async function bundleGuest(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(repo, 'test/lab/guest/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    external: ['koffi'],
    logLevel: 'warning',
  });
}

function modulesFolder(): string {
  try {
    return createRequire(import.meta.url)
      .resolve('koffi')
      .replace(/\/koffi\/.*$/, '');
  } catch {
    throw new Error('the lab needs the optional package koffi: npm install');
  }
}

/** The result of step `index`, typed by the step. @throws the scenario's own error when it did not get there. */
export function stepOf<S extends Step>(
  results: LabResults,
  scenario: { readonly id: string; readonly run: readonly S[] },
  index = 0,
): ResultOf<S> {
  const result = results.get(scenario.id);
  if (!result) throw new Error(`${scenario.id}: not run`);
  if (result.steps.length <= index) throw new Error(`${scenario.id}: ${result.error ?? 'step missing'}`);
  return result.steps[index] as ResultOf<S>;
}
