import { type ReadCount, shownLine } from '../config/lines.js';
import type { AddressRange } from './addresses.js';
import { noRules, type Ruleset } from './ruleset.js';

export type Direction = 'out' | 'in';

export interface Place {
  /** Line of the file, from 1. */
  readonly line: number;
  /** The line itself, secrets hidden, cut to a readable length. */
  readonly text: string;
}

/** What an interface of a file is. */
export type DeviceKind =
  | 'wireguard'
  | 'gre'
  | 'ipip'
  | 'eoip'
  | 'vxlan'
  | 'l2tp'
  | 'sstp'
  | 'ovpn'
  | 'pptp'
  | 'ipsec'
  | 'pppoe'
  | 'link';

/** An interface that the file declares, disabled ones left out. */
export interface Device extends Place {
  readonly name: string;
  readonly kind: DeviceKind;
  /** Octets; null: not a number in this file (auto, or left to a default that is not known). */
  readonly mtu: number | null;
  /** False: a default of the box that the file leaves out. */
  readonly said: boolean;
  /** The box itself lowers the MSS of what passes this interface, by its MTU. */
  readonly clampsItself: boolean;
  /** IPsec protects it (ipsec-secret, use-ipsec). */
  readonly encrypted: boolean;
  /** IP version outside, where the file says it. */
  readonly outer?: 4 | 6 | undefined;
  /** The command or line that sets another MTU, in the language of the file. */
  readonly set: (mtu: number) => string;
}

/** A setting in a tree of settings (swanctl.conf). */
export interface Setting extends Place {
  /** "connections.site.children.net.copy_df" */
  readonly path: string;
  readonly name: string;
  readonly value: string;
  /** Whether it stands in a child of a connection. */
  readonly inChild: boolean;
}

/** The two sides of a policy of the file. */
export interface Pair {
  readonly lan: AddressRange;
  readonly far: AddressRange;
}

/** IPsec that the file shows. */
export interface IpsecFacts {
  /** Policies decide what is encrypted: forwarded packets have no interface of the tunnel. */
  readonly byPolicy: boolean;
  /** The line that shows it. */
  readonly place?: Place | undefined;
  /** Networks of the policies; empty: not known. */
  readonly pairs: readonly Pair[];
}

/** A policy that accepts connections and sets no MSS, on a box that sets it by policy. */
export interface PlainPolicy extends Place {
  /** Interfaces from and to; empty: any. */
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** What a configuration says, whatever its language; the rules judge these. */
export interface Facts {
  readonly format: string;
  readonly count: ReadCount;
  readonly ruleset: Ruleset;
  /** The file holds a part of a firewall in which a clamp could stand. */
  readonly hasFirewall: boolean;
  /** The file shows all that could clamp: no clamp in it is none on the box. */
  readonly couldClamp: boolean;
  readonly ipsec: IpsecFacts;
  readonly devices: readonly Device[];
  /** Interfaces towards the Internet that the file declares or names as such. */
  readonly wanNames: readonly string[];
  readonly settings: readonly Setting[];
  readonly plainPolicies?: readonly PlainPolicy[];
  /** What the rules are written in, where that is another language than the file's: commands of a hook, direct rules of firewalld. */
  readonly rulesIn?: string | undefined;
  /** IP versions the file is about. */
  readonly families: readonly (4 | 6)[];
}

/** The language its rules are written in. */
export const languageOfRules = ({ rulesIn, format }: Pick<Facts, 'rulesIn' | 'format'>): string => rulesIn ?? format;

export const noFacts: Omit<Facts, 'format' | 'count'> = {
  ruleset: noRules,
  hasFirewall: false,
  couldClamp: false,
  ipsec: { byPolicy: false, pairs: [] },
  devices: [],
  wanNames: [],
  settings: [],
  families: [],
};

/** The MTU of an interface whose file names none, on boxes that give it by kind (wg-quick 1420, RFC 2516 1492). */
export const usualMtuOf = (kind: DeviceKind): number | null =>
  kind === 'wireguard' ? 1420 : kind === 'pppoe' ? 1492 : null;

export const place = (line: number, text: string): Place => ({ line, text: shownLine(text) });
