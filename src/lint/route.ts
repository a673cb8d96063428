import { TCP_FLAG } from '../packet/tcp.js';
import { type Ends, endsOf } from './ends.js';
import type { Facts } from './facts.js';
import type { Packet, Port } from './packet.js';
import type { View } from './views.js';

/** Two hosts, and the interfaces between which their packets pass. */
export interface Route {
  readonly ends: Ends;
  readonly lan: Port;
  readonly far: Port;
  readonly family: 4 | 6;
}

const FULL_SIZE = 1400;

/** A data packet of a connection that is established; or its first one with `flags`. */
export function packetOn(
  view: Pick<View, 'by' | 'ipsecIn'>,
  { ends, lan, far, family }: Route,
  way: 'out' | 'in',
  more: Partial<Packet> = {},
): Packet {
  const out = way === 'out';
  return {
    family,
    protocol: 'tcp',
    flags: TCP_FLAG.ack,
    size: FULL_SIZE,
    state: 'established',
    reply: !out,
    in: out ? lan : far,
    out: out ? far : lan,
    from: out ? ends.lan : ends.far,
    to: out ? ends.far : ends.lan,
    ipsecIn: !out && view.ipsecIn,
    ipsecOut: out && view.by === 'policy',
    ...more,
  };
}

/** Every way that packets of a view may take between two hosts. */
export function routesOf(facts: Facts, view: View, family: 4 | 6): Route[] {
  return endsOf(facts, view, family).flatMap((ends) =>
    view.lan.flatMap((lan) => view.far.map((far) => ({ ends, lan, far, family }))),
  );
}
