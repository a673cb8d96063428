/** What a text form may leave out. */
export const unknowns = [
  'DF',
  'IP identification',
  'TTL',
  'IP length',
  'TCP numbers',
  'MTU of the PTB',
  'ports of the refused packet',
  'time',
  'device',
] as const;
export type Unknown = (typeof unknowns)[number];

/** A capture that was read from text, and what the text does not hold. No verdict rests on what stands here. */
export interface TextSource {
  /** The forms met, in words: `tcpdump lines`. */
  readonly forms: readonly string[];
  /** What some packet of it lacks, in the order of the list above. */
  readonly unknown: readonly Unknown[];
  /** Lines, and packets among them. */
  readonly lines: number;
  readonly packets: number;
  /** Copies of packets that came twice (two devices or components in one text without their names), left aside. */
  readonly copies: number;
  /** PTBs whose MTU the form does not print: where from, where to, about whom, and the first line. */
  readonly unreadPtbs: readonly { readonly from: string; readonly to: string; readonly line: number; count: number }[];
  /** PTBs of the far host about an address that was never sent to: what its NAT did not translate back. */
  readonly foreign: readonly {
    readonly from: string;
    readonly to: string;
    readonly about: string;
    readonly mtu: number;
    readonly line: number;
  }[];
  /** Pieces of datagrams whose place in them is not printed. */
  readonly pieces: number;
  /** Largest IP packet among those without TCP numbers, and its line: it was seen, nothing proves that it arrived. */
  readonly sized: { readonly octets: number; readonly line: number; readonly packets: number } | null;
  /** The same SYN (by its timestamp) with another MSS in another section of the text. */
  readonly rewritten: readonly {
    readonly before: number;
    readonly after: number;
    readonly lines: readonly [number, number];
  }[];
  /** The address that stands for a name of the text, and the name. */
  readonly names: readonly (readonly [string, string])[];
  /** Sections with a clock or a place of their own. */
  readonly sections: number;
}
