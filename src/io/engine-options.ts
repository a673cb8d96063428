/** What an engine needs to know of its one target. */
export interface EngineOptions {
  readonly family: 4 | 6;
  /** Of the target, in canonical text. */
  readonly address: string;
  /** Our own address on the way there. */
  readonly source: string;
  /** The user named the source address. */
  readonly sourceGiven: boolean;
  /** The target is named with a zone: `device` is it. */
  readonly zoned: boolean;
  /** Interface to leave by, where the user named one. */
  readonly device: string | undefined;
  /** Packets per second, at most. */
  readonly pps: number;
  /** Destination ports of UDP and TCP probes. */
  readonly ports: { readonly udp: number; readonly tcp: number };
  /** Link MTU of the outgoing interface; null where unknown. Octets. */
  readonly localMtu: number | null;
  /** Why no engine that sees more could be had, where one should be there. */
  readonly without?: string | undefined;
}
