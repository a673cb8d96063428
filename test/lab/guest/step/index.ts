import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunResult } from '../../results.js';
import type { RunStep, StartStep, Step } from '../../scenario.js';
import type { Ground } from '../ground.js';
import { end, runAt, startAt } from '../namespace.js';
import { measure } from './measure.js';
import { tcp } from './tcp.js';
import { udp } from './udp.js';

/** What runs in the background of one scenario. */
export type Background = Map<string, { child: ChildProcess; started: number; out: string; err: string }>;

export async function perform(step: Step, ground: Ground, background: Background): Promise<unknown> {
  switch (step.do) {
    case 'measure':
      return measure(step, ground);
    case 'tcp':
      return tcp(step, ground);
    case 'udp':
      return udp(step, ground);
    case 'run':
      return run(step);
    case 'start':
      return start(step, ground, background);
    case 'stop':
      return stop(step.name, background);
    case 'wait':
      return wait(step.seconds * 1000, null);
  }
}

function run(step: RunStep): RunResult {
  const ran = runAt(step.at, step.command, step.timeoutSeconds ?? 30, step.input);
  if (step.mustWork && ran.status !== 0) {
    throw new Error(`${step.at}: ${[step.command].flat().join(' ')}: status ${ran.status}\n${ran.stdout}${ran.stderr}`);
  }
  return ran;
}

async function start(step: StartStep, ground: Ground, background: Background): Promise<null> {
  const file = (what: string): string => join(ground.plan.work, `${ground.scenario.id}-${step.name}.${what}`);
  const [out, err] = [file('out'), file('err')];
  const child = startAt(step.at, step.command, out, err);
  background.set(step.name, { child, started: Date.now(), out, err });
  if (step.until === undefined) return null;
  const until = Date.now() + (step.timeoutSeconds ?? 20) * 1000;
  while (!`${text(out)}${text(err)}`.includes(step.until)) {
    if (child.exitCode !== null || Date.now() > until) {
      throw new Error(`${step.name} did not say "${step.until}":\n${text(out)}${text(err)}`);
    }
    await wait(50);
  }
  return null;
}

export async function stop(name: string, background: Background): Promise<RunResult> {
  const one = background.get(name);
  if (!one) throw new Error(`nothing named ${name} was started`);
  background.delete(name);
  end(one.child);
  for (let tries = 0; one.child.exitCode === null && one.child.signalCode === null; tries++) {
    if (tries === 60) end(one.child, 'SIGKILL');
    await wait(50);
  }
  return { status: one.child.exitCode, stdout: text(one.out), stderr: text(one.err), ms: Date.now() - one.started };
}

const text = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
