import type { Damage } from '../capture/damage.js';
import type { CaptureReport } from '../capture/reader.js';
import { MtucalcError } from '../error.js';
import { type Frame, Stop } from '../frame/frame.js';
import type { Shortcut } from '../frame/frame-batch.js';
import type { CaptureFacts } from './facts.js';
import type { FrameFilter } from './filter.js';
import type { PlainCounts } from './flow/plain-counts.js';
import { type FactsOptions, FactsReader } from './read.js';
import { type Totals, TotalsCounter } from './totals.js';
import { UnreadFrames } from './unread.js';

/** What one capture file came to: plain values, so that a worker thread can hand it over and `--json` can print it. */
export interface CaptureValue {
  /** As named on the command line; '-' for standard input. */
  readonly file: string;
  readonly totals: Totals;
  /** What the frames show, before anything is concluded from it. */
  readonly facts: CaptureFacts;
  readonly container: {
    readonly format: string;
    readonly byteOrder: 'little' | 'big';
    /** Octets read, after decompression. */
    readonly octets: number;
    readonly interfaces: readonly { readonly linkType: number; readonly snapLength: number; readonly name?: string }[];
    /** Link types whose frames are counted only. */
    readonly unread: readonly string[];
    /** Frames cut by the snap length, and the longest of them as captured; sizes above are the wire's all the same. */
    readonly snapped: { readonly frames: number; readonly at: number };
  };
  readonly damage: readonly Damage[];
  /** Damage beyond the list. */
  readonly moreDamage: number;
  /** Reading was broken off by the user: everything above is what was known then. */
  readonly interrupted: boolean;
  /** Where a filter chose: how many frames it let pass. Totals and facts are of those. */
  readonly filtered?: { readonly frames: number };
}

/** Interfaces listed in the value; a pcapng file may declare thousands. */
const MOST_INTERFACES = 64;

const record = 'record where IP packets pass: tcpdump -i IFACE or -i any -s 128 -w FILE';

/** Everything that looks at the frames of one capture, in one pass. */
export class CaptureWatch {
  private readonly totals = new TotalsCounter();
  private readonly unread = new UnreadFrames();
  private readonly facts: FactsReader;

  private readonly filter: FrameFilter | undefined;

  /** With a filter each frame is looked at; the compiled code, which knows none, is left out. */
  constructor({ filter, ...options }: FactsOptions & { readonly filter?: FrameFilter | undefined } = {}) {
    this.filter = filter;
    this.facts = new FactsReader(filter ? { ...options, compiled: undefined } : options);
  }

  frame(frame: Frame): void {
    if (this.filter?.passes(frame) === false) return;
    if (frame.stop >= Stop.link) this.unread.note(frame);
    this.totals.visit(frame);
    this.facts.frame(frame);
  }

  /** For the reader: counts frames that then do not come to `frame`. */
  get shortcut(): Shortcut | undefined {
    return this.facts.shortcut;
  }

  /** What the shortcut counted so far. */
  get plain(): PlainCounts {
    return this.facts.plain;
  }

  /** @throws MtucalcError where nothing at all could be read of the frames, and none is IP. */
  finish(file: string, report: CaptureReport, interrupted: boolean): CaptureValue {
    const { format, byteOrder, octets, interfaces, snapped, damage, moreDamage, dropped } = report;
    this.totals.addPlain(this.plain);
    const totals = this.totals.totals(report.frames);
    if (this.filter?.passed === 0 && report.frames > 0)
      throw new MtucalcError(
        'bad-value',
        `${file === '-' ? 'standard input' : file}: none of its ${report.frames} frames is what the filter asks for`,
        'see --host, --net, --port, --flow (a frame of the flow), --since and --until; without them everything is judged',
      );
    const holds = this.unread.holds(report.frames);
    if (holds !== undefined && totals.ipv4 + totals.ipv6 === 0 && !interrupted)
      throw new MtucalcError(
        'unreadable',
        `${file === '-' ? 'standard input' : file}: no IP packet can be read in it; it holds ${holds}`,
        record,
      );
    return {
      file,
      totals,
      facts: {
        ...this.facts.finish(),
        ...(dropped > 0 ? { dropped } : {}),
        ...(report.text === undefined ? {} : { text: report.text }),
      },
      container: {
        format,
        byteOrder,
        octets,
        interfaces: interfaces.slice(0, MOST_INTERFACES).map(({ linkType, snapLength, name }) => ({
          linkType,
          snapLength,
          ...(name === undefined ? {} : { name }),
        })),
        unread: this.unread.names(),
        snapped,
      },
      damage,
      moreDamage,
      interrupted,
      ...(this.filter ? { filtered: { frames: this.filter.passed } } : {}),
    };
  }
}
