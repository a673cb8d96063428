import type { PrintedPacket } from './printed.js';

/** The first line of a packet. */
export interface Started {
  /** Seconds of the form's clock; null without one. */
  readonly time: number | null;
  readonly device: string | null;
  readonly way: 'in' | 'out' | null;
  /** The packet's own number, where the form prints one: it begins anew with each capture. */
  readonly ordinal: number | null;
  /** What stands behind that. */
  readonly body: string;
}

/**
 * One way of printing packets. A form is asked line by line: does a packet begin here? What follows belongs to it until
 * the next one begins.
 */
export interface TextForm {
  readonly id: string;
  /** For people: `tcpdump lines`. */
  readonly title: string;
  /** Where the form is described. */
  readonly manual: string;
  /** Blank lines are part of a packet. */
  readonly tall?: boolean;
  start(line: string): Started | null;
  /** The packet of the lines that belong together; null where they are none. `lines[0]` is the body of `started`. */
  read(started: Started, lines: readonly string[], line: number): PrintedPacket | null;
}
