/** What the readers take out of a configuration, whatever its language; the rules judge these. */
export type Format = 'routeros' | 'iptables' | 'nftables' | 'swanctl';
export type Direction = 'out' | 'in' | 'both';

export interface Place {
  /** Line of the file, from 1. */
  readonly line: number;
  /** The line itself, cut to a readable length. */
  readonly text: string;
}

/** A rule that lowers the MSS of a passing SYN. */
export interface Clamp extends Place {
  /** 0: both IP versions by one rule. */
  readonly family: 4 | 6 | 0;
  /** Through the tunnel as this rule sees it: `out` LAN -> tunnel, `in` tunnel -> LAN. */
  readonly direction: Direction;
  /** What ties it to the tunnel. */
  readonly by: 'policy' | 'interface' | 'anything';
  readonly interfaces: readonly string[];
  /** Octets, or the MTU of the route. */
  readonly mss: number | 'pmtu';
  /** False: matches a bare SYN alone. */
  readonly synAck: boolean;
  /** A match lets only larger values through. */
  readonly guarded: boolean;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly hook: string;
}

/** Source NAT, and whether IPsec traffic is kept out of it. */
export interface SourceNat extends Place {
  readonly family: 4 | 6 | 0;
  readonly interfaces: readonly string[];
  /** By a match of its own, or by a rule above it. */
  readonly sparesIpsec: boolean;
}

/** FastTrack or a flowtable, and the directions that are taken off it before. */
export interface FastPath extends Place {
  readonly kind: 'fasttrack' | 'flowtable';
  readonly sparesOut: boolean;
  readonly sparesIn: boolean;
}

export interface ClearDf extends Place {
  readonly hook: string;
}

/** A rule that the kernel or the box refuses, or that can never be reached, and why. */
export interface Broken extends Place {
  readonly code: string;
  readonly why: string;
  readonly fix: string;
}

/** A setting in swanctl.conf. */
export interface Setting extends Place {
  /** "connections.site.children.net.copy_df" */
  readonly path: string;
  readonly name: string;
  readonly value: string;
  /** Whether it stands in a child of a connection. */
  readonly inChild: boolean;
}

export interface Facts {
  readonly format: Format;
  readonly clamps: readonly Clamp[];
  readonly nats: readonly SourceNat[];
  readonly fastPaths: readonly FastPath[];
  readonly clearDfs: readonly ClearDf[];
  readonly broken: readonly Broken[];
  readonly settings: readonly Setting[];
  /** Where the file shows both a firewall and IPsec traffic that passes it. */
  readonly ipsecThroughFirewall?: Place | undefined;
  /** Whether anything in the file shows that it handles IPsec by policy. */
  readonly policyIpsec: boolean;
  /** Interfaces that carry ESP, IKE or source NAT. */
  readonly wanInterfaces: readonly string[];
  /** Interfaces that look like tunnels: ipsec0, xfrm1, vti0, wg0, st0. */
  readonly tunnelInterfaces: readonly string[];
  /** Not every way through the rules was followed: there were too many. */
  readonly truncated?: boolean | undefined;
  /** IP versions the file is about. */
  readonly families: readonly (4 | 6)[];
}

export const noFacts: Omit<Facts, 'format'> = {
  clamps: [],
  nats: [],
  fastPaths: [],
  clearDfs: [],
  broken: [],
  settings: [],
  policyIpsec: false,
  wanInterfaces: [],
  tunnelInterfaces: [],
  families: [],
};

const SHOWN = 160;

export const place = (line: number, text: string): Place => {
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return { line, text: clean.length > SHOWN ? `${clean.slice(0, SHOWN - 3)}...` : clean };
};

/** Names that tunnels usually have. */
export const looksLikeTunnel = (name: string): boolean =>
  /^(ipsec|xfrm|vti|ip_vti|wg|st0|gre|tun|wireguard|sec)\d*/i.test(name);
