import type { CaptureFacts } from '../facts.js';
import type { DirectionFacts } from '../flow/flow-facts.js';
import type { Prohibition } from '../log/prohibited-log.js';
import { hostName } from './elsewhere.js';

/** What a filter refused of one direction of a flow, packets of `size` octets and more among them. */
export const prohibited = (
  { prohibitions }: CaptureFacts,
  direction: DirectionFacts,
  size: number,
): Prohibition | undefined => prohibitions.find((one) => one.largest >= size && isAbout(one, direction));

type Quoted = Pick<Prohibition, 'quotedFrom' | 'quotedTo' | 'sourcePort' | 'destinationPort'>;

/** Whether what an ICMP error quotes went this way. */
export function isAbout(one: Quoted, { from, to }: DirectionFacts): boolean {
  return (
    one.quotedFrom === hostName(from) &&
    one.quotedTo === hostName(to) &&
    from.endsWith(`:${one.sourcePort}`) &&
    to.endsWith(`:${one.destinationPort}`)
  );
}
