import { wouldClamp } from './fates.js';
import type { Group, Judged } from './judged.js';
import type { Rule, Span, Test } from './ruleset.js';

const ports = ['destination-port', 'source-port', 'port'] as const;
const isPort = (test: Test): test is Test & { readonly spans: readonly Span[] } =>
  (ports as readonly string[]).includes(test.on);

/** Clamps that a group would meet if they asked for no port. */
export interface PortClamps {
  readonly rules: readonly Rule[];
  /** "port 443, LAN to tunnel", in words. */
  readonly covers: string;
}

export function portClamps({ walker }: Judged, { crossings }: Group): PortClamps | undefined {
  const rules = new Set<Rule>();
  const ways = new Set<'out' | 'in'>();
  for (const crossing of crossings) {
    const rule = wouldClamp(walker, crossing, ports);
    if (!rule || wouldClamp(walker, crossing, [])) continue;
    rules.add(rule);
    ways.add(crossing.way);
  }
  if (rules.size === 0) return undefined;
  const spans = new Set([...rules].flatMap(({ tests }) => tests.filter(isPort).map(spansText)));
  const way = ways.size === 2 ? 'both ways' : ways.has('out') ? 'LAN to tunnel' : 'tunnel to LAN';
  return { rules: [...rules], covers: `${[...spans].join(', ') || 'some ports'}, ${way}` };
}

const spansText = (test: Test & { readonly spans: readonly Span[] }): string =>
  `${test.not ? 'all but ' : ''}${test.spans.length === 1 && test.spans[0]![0] === test.spans[0]![1] ? 'port' : 'ports'} ` +
  test.spans.map(([low, high]) => (low === high ? String(low) : `${low} to ${high}`)).join(', ');
