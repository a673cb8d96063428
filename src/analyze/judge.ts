import type { Finding } from '../finding.js';
import type { Frame } from '../frame/frame.js';
import type { Shortcut } from '../frame/frame-batch.js';
import { Analysis, type AnalysisOptions } from './analysis.js';
import { detectors } from './detectors/index.js';
import type { CaptureFacts } from './facts.js';
import type { PlainCounts } from './flow/plain-segments.js';
import { Ledger } from './verdict/finding-list.js';
import { type Verdict, verdictOf } from './verdict/verdict.js';

/** The judgement of one capture. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly capture: CaptureFacts;
}

/** Takes the frames of one capture in order, and says in the end what they show. */
export class Judge {
  readonly #ledger = new Ledger();
  readonly #analysis: Analysis;

  constructor(options: AnalysisOptions = {}) {
    this.#analysis = new Analysis((flow) => {
      for (const detector of detectors) for (const one of detector.flow?.(flow) ?? []) this.#ledger.add(one);
    }, options);
  }

  frame(frame: Frame): void {
    this.#analysis.frame(frame);
  }

  /** Spares `frame` most of the frames; `plain` says what it counted. */
  get shortcut(): Shortcut | undefined {
    return this.#analysis.shortcut;
  }

  get plain(): PlainCounts {
    return this.#analysis.plain;
  }

  finish(): Judgement {
    const capture = this.#analysis.finish();
    for (const detector of detectors) {
      for (const one of detector.capture?.(capture, this.#ledger.codes()) ?? []) this.#ledger.add(one);
    }
    const findings = this.#ledger.findings();
    return { verdict: verdictOf(findings, capture), findings, capture };
  }
}
