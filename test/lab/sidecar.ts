import { stackOf } from './family/stack-of.js';
import { type LabResults, stepOf } from './lab.js';
import type { Recording } from './recording.js';
import type { MeasureResult, TcpResult } from './results.js';
import type { CapturePoint, Family, MeasureStep, Scenario } from './scenario.js';

const familyOf = ({ run }: Pick<Scenario, 'run'>): Family => run.find((step) => step.do === 'tcp')?.inner ?? 4;

/** The same network without filters, measured before the recording: what fits is known, not computed. */
export function truthScenario({ name, scenario }: Recording): Scenario & { readonly run: readonly MeasureStep[] } {
  const { wan, linkMtu, tunnel, tunnelMtu, suite, natT, outer } = scenario;
  const ground = Object.fromEntries(
    Object.entries({ wan, linkMtu, tunnel, tunnelMtu, suite, natT, outer }).filter(([, value]) => value !== undefined),
  );
  return { ...ground, id: `${name}-truth`, run: [{ do: 'measure', inner: familyOf(scenario), size: 1400 }] };
}

/** What is known about one file: how it was made, what was true, what may be concluded from it. */
export function sidecarOf(recording: Recording, point: CapturePoint, results: LabResults): object {
  const { name, scenario, shows, verdict, accept } = recording;
  const { capture, run, ...built } = scenario;
  const truth = truthScenario(recording);
  const { largest, reported } = stepOf(results, truth) as MeasureResult;
  const ran = results.get(name);
  if (!ran || ran.error !== undefined) throw new Error(`${name}: ${ran?.error ?? 'not run'}`);
  const family = familyOf(scenario);
  const transfers = run.flatMap((step, index) => {
    if (step.do !== 'tcp') return [];
    const { complete, received, ms, syn, synAck, sender, seen } = ran.steps[index] as TcpResult;
    return [
      { ...(step.up ? { up: step.up } : { down: step.down }), complete, received, ms, syn, synAck, sender, seen },
    ];
  });
  return {
    file: `${name}-${point}.pcap`,
    shows,
    point,
    verdict,
    accept: accept[point] ?? [verdict],
    truth: {
      linkMtu: scenario.linkMtu ?? (scenario.wan?.startsWith('pppoe') ? 1492 : 1500),
      stack: stackOf({ ...scenario, id: name }),
      pathMtu: largest,
      ptbMtu: reported,
      rightMss: largest - (family === 4 ? 40 : 60),
      transfers,
    },
    made: {
      by: `npm run lab:record -- ${name}`,
      kernel: 'Linux 6.1, User-Mode Linux; real TCP, ESP, PPPoE and netfilter, states and policies set by hand',
      scenario: built,
      ...capture?.find((one) => one.point === point),
      run: run.length > 10 ? 'inner UDP of many sizes, then TCP both ways' : run,
    },
  };
}
