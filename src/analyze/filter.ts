import { MtucalcError } from '../error.js';
import type { Frame } from '../frame/frame.js';
import type { IpView } from '../frame/ip-view.js';
import { addressOctets } from '../packet/address-octets.js';

/**
 * Which frames of a capture are judged; each line must hold, of several values one. All texts as a person writes them.
 */
export interface FilterRequest {
  /** Addresses, of either end. */
  readonly host?: readonly string[] | undefined;
  /** `10.1.0.0/16`, `2001:db8::/32`. */
  readonly net?: readonly string[] | undefined;
  /** TCP or UDP ports, of either end. */
  readonly port?: readonly number[] | undefined;
  /** Number of a frame: the TCP or UDP flow it belongs to, from there on. The first frame of a flow is its number. */
  readonly flow?: number | undefined;
  /** Seconds since the first frame (`12.5`), or a moment (`2026-03-01T10:00:00Z`). */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

interface Net {
  readonly octets: Uint8Array;
  readonly bits: number;
}

/** A moment of a capture. */
type Moment = { readonly relative: number } | { readonly absolute: number };

/** Pieces of datagrams whose first piece passed; older ones are forgotten. */
const MOST_PIECES = 1024;

/**
 * Lets pass what belongs to the connection in question: its packets, what runs around them, and ICMP errors about them.
 */
export class FrameFilter {
  readonly #nets: readonly Net[];
  readonly #ports: ReadonlySet<number>;
  readonly #flow: number;
  readonly #since: Moment | undefined;
  readonly #until: Moment | undefined;
  /** Ends of the flow that was asked for, once its frame was there: addresses and ports, in either order. */
  #ends: string | undefined;
  readonly #pieces = new Set<string>();
  passed = 0;

  /** @throws MtucalcError bad-value */
  constructor({ host = [], net = [], port = [], flow, since, until }: FilterRequest) {
    this.#nets = [...host.map((text) => netOf(text, 'host')), ...net.map((text) => netOf(text, 'net'))];
    this.#ports = new Set(port);
    this.#flow = flow ?? 0;
    this.#since = momentOf(since, 'since');
    this.#until = momentOf(until, 'until');
    if (isBefore(this.#until, this.#since)) {
      throw new MtucalcError(
        'bad-value',
        `--until ${until} is before --since ${since}: no frame is between them`,
        'the earlier one goes to --since',
      );
    }
  }

  passes(frame: Frame): boolean {
    const passes = this.#inTime(frame) && this.#ofFlow(frame) && this.#ofNet(frame) && this.#ofPort(frame);
    if (passes) this.passed++;
    return passes;
  }

  #inTime(frame: Frame): boolean {
    const since = this.#since === undefined || timeOf(frame, this.#since) >= 0;
    return since && (this.#until === undefined || timeOf(frame, this.#until) <= 0);
  }

  #ofNet({ bytes, outer, ip, quote }: Frame): boolean {
    if (this.#nets.length === 0) return true;
    const views = [outer, ip, ...(quote.ip.family === 0 ? [] : [quote.ip])];
    return this.#nets.some((net) => views.some((view) => holds(net, bytes, view)));
  }

  #ofPort(frame: Frame): boolean {
    if (this.#ports.size === 0) return true;
    const { sourcePort, destinationPort, quote, ip } = frame;
    const ports = [
      sourcePort,
      destinationPort,
      ...(quote.ip.family === 0 ? [] : [quote.sourcePort, quote.destinationPort]),
    ];
    // A later piece has no ports: it belongs to its first one.
    if (ip.fragment && ip.fragmentOffset > 0) return this.#pieces.has(pieceOf(frame));
    if (!ports.some((port) => this.#ports.has(port))) return false;
    if (ip.fragment) this.#keepPiece(pieceOf(frame));
    return true;
  }

  #ofFlow(frame: Frame): boolean {
    if (this.#flow === 0) return true;
    if (frame.number < this.#flow) return false;
    const { quote, ip } = frame;
    if (frame.number === this.#flow && frame.sourcePort >= 0) {
      this.#ends = endsOf(frame.bytes, ip, frame.sourcePort, frame.destinationPort);
    }
    if (this.#ends === undefined) return false;
    if (quote.ip.family !== 0)
      return endsOf(frame.bytes, quote.ip, quote.sourcePort, quote.destinationPort) === this.#ends;
    if (ip.fragment && ip.fragmentOffset > 0) return this.#pieces.has(pieceOf(frame));
    const mine = ip.family !== 0 && endsOf(frame.bytes, ip, frame.sourcePort, frame.destinationPort) === this.#ends;
    if (mine && ip.fragment) this.#keepPiece(pieceOf(frame));
    return mine;
  }

  #keepPiece(key: string): void {
    if (this.#pieces.size >= MOST_PIECES) this.#pieces.delete(this.#pieces.values().next().value!);
    this.#pieces.add(key);
  }
}

/** Whether the request leaves anything out at all. */
/** What chooses the frames; undefined where all of them are asked for. */
export const filterOf = (request: FilterRequest | undefined): FrameFilter | undefined =>
  request && isFiltered(request) ? new FrameFilter(request) : undefined;

const isFiltered = ({ host, net, port, flow, since, until }: FilterRequest): boolean =>
  [host, net, port].some((list) => (list?.length ?? 0) > 0) || [flow, since, until].some((one) => one !== undefined);

const octetsOf = (bytes: Uint8Array, at: number, family: number): Uint8Array =>
  bytes.subarray(at, at + (family === 4 ? 4 : 16));

function holds({ octets, bits }: Net, bytes: Uint8Array, { family, source, destination }: IpView): boolean {
  if (family !== (octets.length === 4 ? 4 : 6)) return false;
  return [source, destination].some((at) => sameStart(octets, octetsOf(bytes, at, family), bits));
}

function sameStart(one: Uint8Array, other: Uint8Array, bits: number): boolean {
  for (let index = 0, left = bits; left > 0; index++, left -= 8) {
    const mask = left >= 8 ? 0xff : (0xff << (8 - left)) & 0xff;
    if ((one[index]! & mask) !== ((other[index] ?? 0) & mask)) return false;
  }
  return true;
}

function endsOf(bytes: Uint8Array, ip: IpView, sourcePort: number, destinationPort: number): string {
  const ends = [
    `${octetsOf(bytes, ip.source, ip.family).join('.')} ${sourcePort}`,
    `${octetsOf(bytes, ip.destination, ip.family).join('.')} ${destinationPort}`,
  ];
  return `${ip.protocol} ${ends.sort().join(' ')}`;
}

const pieceOf = ({ bytes, ip }: Frame): string =>
  `${ip.id} ${octetsOf(bytes, ip.source, ip.family).join('.')} ${octetsOf(bytes, ip.destination, ip.family).join('.')}`;

/** Seconds between the moment and the frame. */
function timeOf(frame: Frame, moment: Moment): number {
  return 'relative' in moment
    ? frame.at / 1000 - moment.relative
    : frame.seconds + frame.nanoseconds / 1e9 - moment.absolute;
}

/** False where one is a moment and the other counts from the first frame: only the capture tells. */
function isBefore(one: Moment | undefined, other: Moment | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if ('relative' in one) return 'relative' in other && one.relative < other.relative;
  return 'absolute' in other && one.absolute < other.absolute;
}

function netOf(text: string, option: 'host' | 'net'): Net {
  const [address = '', length] = text.split('/');
  const octets = addressOctets(address);
  const most = (octets?.length ?? 4) * 8;
  const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  const wrong = !octets || !(bits >= 0 && bits <= most) || (option === 'host') !== (length === undefined);
  if (wrong) {
    throw new MtucalcError(
      'bad-value',
      `--${option} ${text.slice(0, 60)} is no ${option === 'host' ? 'address' : 'network with its prefix length'}`,
      option === 'host'
        ? 'give one address, 10.1.0.2 or 2001:db8::2; a network goes to --net'
        : 'as in 10.1.0.0/16 or 2001:db8::/32',
    );
  }
  return { octets, bits };
}

function momentOf(text: string | undefined, option: string): Moment | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}(\.\d{1,9})?s?$/.test(text)) return { relative: Number.parseFloat(text) };
  const absolute = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) / 1000 : Number.NaN;
  if (Number.isFinite(absolute)) return { absolute };
  throw new MtucalcError(
    'bad-value',
    `--${option} ${text.slice(0, 60)} is neither seconds since the first frame nor a moment`,
    'as in 12.5, or 2026-03-01T10:00:00Z',
  );
}
