/**
 * A scenario is data: what stands between client and server, and what is done there. The runner builds it inside a
 * guest kernel, out of network namespaces:
 *
 *     client:c0 -- lan0:gw1:wan0 ==WAN== up0:isp:down0 -- wan0:gw2:lan0 -- s0:server
 *
 * All lengths are IP packets in octets. Every field but `id` and `run` has a default.
 */
export type Node = 'client' | 'gw1' | 'isp' | 'gw2' | 'server';
export type Family = 4 | 6;

/** The access link between gw1 and isp. PPPoE is a real session of pppd and pppoe-server. */
export type Wan = 'ethernet' | 'vlan' | 'pppoe' | 'pppoe-vlan';

/** A tunnel device with a header of its own; every one but L2TP also stands alone. */
export type Carrier = 'gre' | 'gre-key' | 'gretap' | 'ipip' | 'sit' | 'vxlan' | 'geneve';

/**
 * `esp`: policies, tunnel mode. `esp-transport`: gw1 to gw2, nothing inside but their own packets. `X/esp`: the carrier
 * protected in transport mode, `X/esp-tunnel`: in tunnel mode.
 */
export type Tunnel =
  | 'none'
  | 'esp'
  | 'esp-transport'
  | 'vti'
  | 'xfrm'
  | 'wireguard'
  | 'l2tp'
  | 'l2tp/esp'
  | Carrier
  | `${Carrier}/esp`
  | `${Carrier}/esp-tunnel`;

/**
 * Where a capture is taken. `gw1-wan`: the Ethernet device; `gw1-wan-ip`: ppp0, VLAN; `gw1-tunnel`: the tunnel device.
 */
export type CapturePoint =
  | 'client'
  | 'server'
  | 'gw1-lan'
  | 'gw1-wan'
  | 'gw1-wan-ip'
  | 'gw1-tunnel'
  | 'gw1-any'
  | 'isp'
  | 'gw2-wan'
  | 'gw2-lan';

export interface Clamp {
  readonly at: Node;
  /** `up`: the SYN of the client's side; `down`: the SYN/ACK (or SYN) of the server's side. */
  readonly direction: 'up' | 'down' | 'both';
  /** Octets per family, one number for both, or `pmtu`: --clamp-mss-to-pmtu. */
  readonly mss: number | 'pmtu' | { readonly 4: number; readonly 6: number };
}

export interface Capture {
  readonly point: CapturePoint;
  /** tcpdump filter. */
  readonly filter?: string;
  readonly snapLength?: number;
}

export interface Scenario {
  /** Unique within one run. */
  readonly id: string;
  readonly wan?: Wan;
  /** Link MTU of the WAN; default 1500, PPPoE 1492. */
  readonly linkMtu?: number;
  /** Link MTU between client and gw1, and gw2 and server; default 1500. */
  readonly lanMtu?: number;
  /** Link MTU at the client alone (a local limit). */
  readonly clientMtu?: number;
  /** Link MTU of the second hop, isp to gw2; default 1500 or `linkMtu` if larger. */
  readonly farMtu?: number;
  readonly tunnel?: Tunnel;
  /** MTU of the tunnel device; default 9000, so that the kernel itself has to find what fits. */
  readonly tunnelMtu?: number;
  /** As in `suites.ts`: `aes256-cbc/sha256-128`, `aes256-gcm16`. */
  readonly suite?: string;
  readonly natT?: boolean;
  /** Family of the tunnel end points; default 4. */
  readonly outer?: Family;
  /** netem at isp, each way. */
  readonly delayMs?: number;
  readonly lossPercent?: number;
  /** Nodes that send no Packet Too Big of their own. */
  readonly dropPtb?: readonly Node[];
  /** Nodes that send no ICMP error at all. */
  readonly dropIcmpErrors?: readonly Node[];
  /** A host that takes the MSS announced to it for this one (a broken stack). */
  readonly ignoreMss?: { readonly at: 'client' | 'server'; readonly use: number };
  /** Hosts that do not listen to Packet Too Big. */
  readonly ignorePtb?: readonly Node[];
  /** Gateways or the ISP that clear DF in what comes from the client's side. */
  readonly clearDf?: readonly ('gw1' | 'isp' | 'gw2')[];
  /** Rewrites the MTU field of the Packet Too Big that this node sends towards the client (0, or a lie). */
  readonly ptbMtu?: { readonly at: 'gw1' | 'isp'; readonly mtu: number };
  readonly dropFragmentsAt?: 'isp';
  readonly clamp?: Clamp;
  /** `net.` is left out: { client: { 'ipv4.tcp_mtu_probing': 1 } } */
  readonly sysctl?: { readonly [node in Node]?: Readonly<Record<string, number | string>> };
  /** Segmentation and receive offload stay on at these nodes; default: off everywhere. */
  readonly offloadAt?: readonly Node[];
  /** Kernel features beyond those that the fields above call for: 'nft-flowtable' … */
  readonly features?: readonly Feature[];
  /** Recorded from before the first step to after the last one. */
  readonly capture?: readonly Capture[];
  readonly run: readonly Step[];
}

export type Feature = 'esp' | 'pppoe' | 'vti' | 'l2tp' | 'xfrm-interface' | 'wireguard' | 'nft-flowtable';

/** What happens in a scenario, in order. Each yields one result (see `results.ts`). */
export type Step = MeasureStep | TcpStep | UdpStep | RunStep | StartStep | StopStep | WaitStep;

/**
 * One DF packet of `size`, and one of `size + 1`, sent past the sender's own stack, watched at the far end and on the
 * WAN.
 */
export interface MeasureStep {
  readonly do: 'measure';
  readonly inner?: Family;
  /** The largest size expected to pass. If it does not, or one more does, the real limit is searched. */
  readonly size: number;
  /** Default: client, towards the server. gw1: from its own stack, for esp-transport. */
  readonly from?: 'client' | 'server' | 'gw1';
}

/** A TCP connection from client to server; data one way or the other. The MSS options are read at both ends. */
export interface TcpStep {
  readonly do: 'tcp';
  /** Who opens the connection; default: client. `up` is data of the one who opens. */
  readonly opens?: 'client' | 'server';
  readonly inner?: Family;
  readonly up?: number;
  readonly down?: number;
  readonly timeoutSeconds?: number;
  /** Octets per write, and a pause between writes. */
  readonly chunk?: number;
  readonly pauseMs?: number;
}

/** UDP datagrams of a given IP size. */
export interface UdpStep {
  readonly do: 'udp';
  readonly inner?: Family;
  readonly size: number;
  readonly count?: number;
  readonly df?: boolean;
  readonly from?: 'client' | 'server';
  /** Wait for stragglers after the last one; default true. */
  readonly patient?: boolean;
}

/** Any command at a node. `input` becomes its stdin. `repo` in a word stands for the project's root. */
export interface RunStep {
  readonly do: 'run';
  readonly at: Node;
  /** A list of words, or one line for /bin/sh. */
  readonly command: string | readonly string[];
  readonly input?: string;
  readonly timeoutSeconds?: number;
  /** Fail the scenario when the command fails; default false: the result carries the status. */
  readonly mustWork?: boolean;
}

/** The same in the background until `stop` of that name, or the end of the scenario. */
export interface StartStep {
  readonly do: 'start';
  readonly name: string;
  readonly at: Node;
  readonly command: string | readonly string[];
  /** Go on when this text has appeared in its output. */
  readonly until?: string;
  readonly timeoutSeconds?: number;
}

export interface StopStep {
  readonly do: 'stop';
  readonly name: string;
}

export interface WaitStep {
  readonly do: 'wait';
  readonly seconds: number;
}
