import { elsewhere } from './addresses.js';
import type { Ends } from './ends.js';
import type { Judged } from './judged.js';
import { type Packet, type Port, SYN, SYN_ACK } from './packet.js';
import { packetOn, type Route } from './route.js';
import type { View } from './views.js';
import type { Passage, WalkOptions } from './walk.js';

/** Marks that a handshake leaves on its connection, whichever side opens it. */
export function marksAfter(
  { bulk: walker, rules }: Judged,
  view: View,
  route: Route,
  opened: 'lan' | 'far',
): WalkOptions['marks'] {
  if (!rules.some(({ rule }) => rule.actions.some(({ do: did }) => did === 'connection-mark' || did === 'save-mark')))
    return {};
  const [there, back] = opened === 'lan' ? (['out', 'in'] as const) : (['in', 'out'] as const);
  let marks: WalkOptions['marks'] = {};
  const steps: [typeof there, Partial<Packet>][] = [
    [there, { flags: SYN, state: 'new', reply: false, size: 60 }],
    [back, { flags: SYN_ACK, reply: true, size: 60 }],
    [there, { reply: false }],
    [back, { reply: true }],
  ];
  for (const [way, more] of steps) {
    const passed: Passage | undefined = walker
      .forward(packetOn(view, route, way, more), { marks: marks ?? {} })
      .find(({ unsure }) => !unsure);
    if (passed) marks = { connectionMark: passed.connectionMark };
  }
  return marks;
}

/** The passages of a data packet that pass a rule which does this, what is not known left out. */
export const passagesThat = (passages: readonly Passage[], did: 'fasttrack' | 'flow' | 'source-nat'): Passage[] =>
  passages.filter(({ steps, unsure, untracked }) => !unsure && !untracked && steps.some((step) => step.did === did));

/** A view of policy-based IPsec where the file shows none: any two hosts. */
export const anyPolicy = (lan: readonly Port[], far: readonly Port[]): View => ({
  by: 'policy',
  ofProfile: false,
  known: false,
  role: 'tunnel',
  lan,
  far,
  ipsecIn: true,
});

export const anyEnds = (family: 4 | 6): Ends => ({
  lan: elsewhere(family, 'lan'),
  far: elsewhere(family, 'far'),
  from: 'any',
});
