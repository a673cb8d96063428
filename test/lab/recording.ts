import type { CapturePoint, Scenario } from './scenario.js';

/** Words for the state of a network, as an analyser may give them. */
export type VerdictCode =
  | 'ok'
  | 'clamp-ok'
  | 'pmtud-works'
  | 'black-hole'
  | 'black-hole-suspected'
  | 'black-hole-plpmtud'
  | 'clamp-one-way'
  | 'clamp-too-high'
  | 'clamp-too-low'
  | 'mss-ignored'
  | 'ptb-ignored'
  | 'post-frag'
  | 'pre-frag'
  | 'udp-df-ptb'
  | 'ptb-zero-mtu'
  | 'loss-not-mtu'
  | 'inconclusive'
  | 'esp-only';

/** A capture worth keeping: a scenario, what it is an example of, and what may be concluded at each capture point. */
export interface Recording {
  /** File names begin with it. */
  readonly name: string;
  /** One sentence for the reader. */
  readonly shows: string;
  /** The state of the network, known from how it was built. */
  readonly verdict: VerdictCode;
  /** What one file alone supports; every answer that is acceptable. */
  readonly accept: { readonly [point in CapturePoint]?: readonly VerdictCode[] };
  readonly scenario: Omit<Scenario, 'id'>;
}
