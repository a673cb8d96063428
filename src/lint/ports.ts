import type { Facts } from './facts.js';

const MOST_PORTS = 4;

/** Ports by which rules end the walk of a packet. */
export function portsOf({ ruleset }: Facts): number[] {
  const ports = new Set<number>();
  for (const rules of ruleset.chains.values())
    for (const { tests, actions } of rules)
      if (actions.some(({ do: did }) => did === 'accept' || did === 'return'))
        for (const test of tests)
          if ((test.on === 'destination-port' || test.on === 'source-port' || test.on === 'port') && !test.not)
            for (const [low, high] of test.spans) if (high - low < 30_000 && ports.size < MOST_PORTS) ports.add(low);
  return [...ports];
}
