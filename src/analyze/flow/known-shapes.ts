import type { Arena } from '../../frame/arena.js';
import type { Frame } from '../../frame/frame.js';
import { GRE, PPPOE, VXLAN } from '../../frame/header-bits.js';
import { type Check, type HeaderShape, shapeOf } from '../../frame/header-shape.js';
import { LinkType } from '../../frame/link-type.js';
import { PROTOCOL_NUMBER } from '../../packet/ipv4.js';
import { COOKED_FIELD, SENT_BY_US } from '../../packet/linux-cooked.js';
import { u16 } from '../../packet/octets.js';
import { type CapturePoints, DEVICE_AT, SENT_AT } from './capture-point.js';
import { metaOf } from './flow-key.js';
import { COUNTED_LAYER, MOST_CHECKS, NOT, SHAPE, SHAPE_WORDS, SHAPES } from './shape-table.js';

/** The lower octet of a check. */
const LOW = 0x00ff;

/** The shapes of frames that compiled code may count, in its memory; learned from frames that were decoded. */
export class KnownShapes {
  readonly words: Int32Array;
  /** What the points call the devices of a shape, in direction 0 and 1. */
  readonly #names: (readonly [number, number])[] = [];
  #changes = -1;

  constructor(arena: Arena) {
    this.words = arena.int32(SHAPES * SHAPE_WORDS);
  }

  /** Slots in use, the first ones. */
  get used(): number {
    return this.#names.length;
  }

  /** Notes how a decoded TCP segment looks in front of its IP header. */
  learn(frame: Frame, points: CapturePoints): void {
    const shape = shapeOf(frame);
    if (shape === undefined) return;
    const checks = [...shape.checks, ...deviceChecks(frame)];
    if (checks.length > MOST_CHECKS) return;
    const slot = this.#free();
    this.words.fill(0, slot * SHAPE_WORDS, (slot + 1) * SHAPE_WORDS);
    this.#write(slot, shape, checks, frame.interface);
    this.#names[slot] = [points.name(frame, 0), points.name(frame, 1)];
    this.#place(slot, points);
  }

  /** Devices were numbered or places joined: the flows of the shapes are others. */
  follow(points: CapturePoints): void {
    if (points.changes === this.#changes) return;
    this.#changes = points.changes;
    for (const slot of this.#names.keys()) this.#place(slot, points);
  }

  /** An empty slot, or that of the shape least met of late. */
  #free(): number {
    const { words } = this;
    let least = 0;
    for (let slot = 0; slot < SHAPES; slot++) {
      const at = slot * SHAPE_WORDS;
      if (words[at + SHAPE.INTERFACE] === 0) return slot;
      if (words[at + SHAPE.HITS]! < words[least * SHAPE_WORDS + SHAPE.HITS]!) least = slot;
    }
    for (let slot = 0; slot < SHAPES; slot++) words[slot * SHAPE_WORDS + SHAPE.HITS]! >>>= 1;
    return least;
  }

  #write(slot: number, shape: HeaderShape, checks: readonly Check[], face: number): void {
    const { words } = this;
    const at = slot * SHAPE_WORDS;
    words[at + SHAPE.INTERFACE] = face + 1;
    words[at + SHAPE.IP_AT] = shape.ipAt;
    words[at + SHAPE.FAMILY] = shape.family;
    words[at + SHAPE.OUTER_AT] = shape.outer?.at ?? -1;
    words[at + SHAPE.OUTER_FAMILY] = shape.outer?.family ?? 0;
    words[at + SHAPE.LAYERS] =
      (shape.layers & PPPOE ? COUNTED_LAYER.PPPOE : 0) |
      (shape.layers & GRE ? COUNTED_LAYER.GRE : 0) |
      (shape.layers & VXLAN ? COUNTED_LAYER.VXLAN : 0);
    words[at + SHAPE.COUNT] = checks.length;
    for (const [index, check] of checks.entries()) {
      words[at + SHAPE.CHECKS + 2 * index] = check.at | (check.not ? NOT : 0);
      words[at + SHAPE.CHECKS + 2 * index + 1] = (check.mask << 16) | check.value;
    }
  }

  #place(slot: number, points: CapturePoints): void {
    const { words } = this;
    const at = slot * SHAPE_WORDS;
    const family = words[at + SHAPE.FAMILY]!;
    const inner = words[at + SHAPE.OUTER_AT]! >= 0;
    for (const [direction, name] of this.#names[slot]!.entries()) {
      const known = points.known(name);
      words[at + SHAPE.META + direction] = known ? metaOf(family, PROTOCOL_NUMBER.tcp, inner, known.place) : 0;
      words[at + SHAPE.DEVICE + direction] = known && points.numbered > 1 ? known.own + 1 : 0;
    }
  }
}

/** What tells the device of a frame, where its link does. */
function deviceChecks({ linkType, bytes, start }: Frame): readonly Check[] {
  if (linkType === LinkType.linuxCooked2)
    return [{ at: DEVICE_AT, mask: 0xffff, value: u16(bytes, start + DEVICE_AT) }];
  if (linkType !== LinkType.linuxCooked) return [];
  const sent: Check = { at: COOKED_FIELD.packetType, mask: LOW, value: SENT_BY_US };
  return [bytes[start + SENT_AT] === SENT_BY_US ? sent : { ...sent, not: true }];
}
