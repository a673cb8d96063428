import type { Frame } from '../frame/frame.js';
import type { IpView } from '../frame/ip-view.js';
import { TCP_FLAG } from '../packet/tcp.js';
import { CapturePoints } from './flow/capture-point.js';
import type { DirectionFacts } from './flow/flow-facts.js';
import { fillKey, metaOf } from './flow/flow-key.js';
import { KEY_WORDS } from './flow/flow-table.js';
import type { AnalyzeResult, JudgedFlow } from './result.js';

/** One direction of one TCP flow, as a second reading of the same capture finds it again. */
export interface TracedFlow {
  readonly firstFrame: number;
  readonly direction: 0 | 1;
  /** Each direction came by a capture device of its own (a tap). */
  readonly split: boolean;
}

/**
 * The first flow in trouble, in its direction with more of it: stuck, healed, or with retransmissions; undefined where
 * none is.
 */
export function worstFlow({ flows }: AnalyzeResult): TracedFlow | undefined {
  const worst = flows.find(
    ({ protocol, fate, directions }) =>
      protocol === 'tcp' && (fate === 'stuck' || fate === 'healed' || directions.some((one) => one.retransmitted > 0)),
  );
  return worst && traced(worst);
}

function traced({ firstFrame, devices: [one, other], directions: [a, b] }: JudgedFlow): TracedFlow {
  const [left, right] = [troubleOf(a), troubleOf(b)];
  const back = left === right ? b.octets > a.octets : right > left;
  return { firstFrame, direction: back ? 1 : 0, split: one !== null && other !== null && one !== other };
}

const troubleOf = ({ retransmitted, run, stall, gap, late }: DirectionFacts): number =>
  (run?.count ?? 0) + (stall?.count ?? 0) + retransmitted + (gap || late ? 1 : 0);

/**
 * Tells which frames belong to the flow, seen at one place of the capture, until the same ports begin another
 * connection.
 */
export class FlowMatch {
  readonly #flow: TracedFlow;
  readonly #points = new CapturePoints();
  readonly #mine = new Int32Array(KEY_WORDS);
  readonly #key = new Int32Array(KEY_WORDS);
  /** The device of each direction, and the sequence number that a second SYN of the same connection repeats. */
  readonly #names: [number | undefined, number | undefined] = [undefined, undefined];
  readonly #first: [number | undefined, number | undefined] = [undefined, undefined];
  #state: 'before' | 'within' | 'behind' = 'before';

  constructor(flow: TracedFlow) {
    this.#flow = flow;
  }

  /** The direction of a segment, 'ptb' for a PTB about what is traced; undefined for everything else. */
  side(frame: Frame): 0 | 1 | 'ptb' | undefined {
    const { firstFrame, direction: wanted, split } = this.#flow;
    if (this.#state === 'behind' || frame.number < firstFrame) return undefined;
    const { ip, quote, mtu } = frame;
    if (mtu >= 0 && quote.ip.family !== 0) {
      const about = this.#fill(frame, quote.ip, quote.sourcePort, quote.destinationPort, this.#mine[0]!);
      return this.#isMine() && about === wanted ? 'ptb' : undefined;
    }
    if (!frame.tcp || ip.fragment) return undefined;
    const meta = metaOf(ip.family, ip.protocol, ip !== frame.outer, 0);
    const direction = this.#fill(frame, ip, frame.sourcePort, frame.destinationPort, meta);
    const name = this.#points.name(frame, direction);
    if (frame.number === firstFrame) {
      this.#mine.set(this.#key);
      this.#names[direction] = name;
      if (!split) this.#names[1 - direction] = name;
      this.#state = 'within';
    }
    if (!this.#isMine()) return undefined;
    this.#names[direction] ??= name;
    if (this.#names[direction] !== name) return undefined;
    const first = this.#first[direction];
    if (first !== undefined && first !== frame.seq && (frame.flags & (TCP_FLAG.syn | TCP_FLAG.ack)) === TCP_FLAG.syn) {
      this.#state = 'behind';
      return undefined;
    }
    this.#first[direction] ??= frame.seq;
    return direction;
  }

  #fill({ bytes }: Frame, ip: IpView, sourcePort: number, destinationPort: number, meta: number): 0 | 1 {
    this.#key[0] = meta;
    return fillKey(this.#key, bytes, ip, sourcePort, destinationPort);
  }

  #isMine(): boolean {
    return this.#state === 'within' && this.#mine.every((word, index) => word === this.#key[index]);
  }
}
