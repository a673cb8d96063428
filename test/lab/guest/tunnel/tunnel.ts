import type { Family, Node, Scenario } from '../../scenario.js';
import { addresses as a } from '../addresses.js';

/** One gateway's view of the tunnel. */
export interface End {
  readonly node: Node & ('gw1' | 'gw2');
  readonly local: string;
  readonly remote: string;
  readonly outer: Family;
  /** Networks behind this end and behind the other one. */
  readonly near: { readonly 4: string; readonly 6: string };
  readonly far: { readonly 4: string; readonly 6: string };
  /** Addresses inside a tunnel with a subnet of its own. */
  readonly inside: { readonly 4: string; readonly 6: string };
  readonly beyond: { readonly 4: string; readonly 6: string };
}

export function endsOf({ outer = 4 }: Scenario): readonly [End, End] {
  return [
    {
      node: 'gw1',
      local: a.gw1[outer],
      remote: a.gw2[outer],
      outer,
      near: a.clientNet,
      far: a.serverNet,
      inside: a.tunnel1,
      beyond: a.tunnel2,
    },
    {
      node: 'gw2',
      local: a.gw2[outer],
      remote: a.gw1[outer],
      outer,
      near: a.serverNet,
      far: a.clientNet,
      inside: a.tunnel2,
      beyond: a.tunnel1,
    },
  ];
}

/** A tunnel device: how to make it at one end, and how packets are routed into it. */
export interface Device {
  readonly name: string;
  /** Lines for `ip -batch`, without MTU and `up`. */
  add(end: End): readonly string[];
  /** Further work after it is up. */
  after?(end: End): void;
  /** A subnet of its own inside: routes go by the far end's address. */
  readonly ownSubnet?: boolean;
  /** Which packets ESP protects, as words of an xfrm selector. */
  readonly selector?: () => string;
  /** Families that it can carry; default both. */
  readonly carries?: readonly Family[];
}
