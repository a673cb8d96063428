import type { Frame } from '../../frame/frame.js';
import { IKE_FIELD, IKE_HEADER, NON_ESP_MARKER } from '../../packet/ipsec.js';
import { u32 } from '../../packet/octets.js';
import { copyAddress, formatAddress } from '../flow/address.js';

/** One IKE message (RFC 7296 2.1), with its repetitions: request or response of one exchange. Lengths in octets. */
export interface IkeMessage {
  readonly from: string;
  readonly to: string;
  /** Exchange type, RFC 7296 3.1: 34 IKE_SA_INIT, 35 IKE_AUTH …; 2, 4 and others in IKEv1. */
  readonly exchange: number;
  readonly response: boolean;
  /** Length of the IKE message as its header says; UDP and IP come on top. */
  readonly octets: number;
  /** How often it was sent, and how often of those in IP fragments. */
  count: number;
  fragmented: number;
  readonly firstFrame: number;
  lastFrame: number;
  readonly firstTime: number;
  lastTime: number;
  /** The other side sent its answer, or went on. */
  answered: boolean;
}

/** Messages kept; beyond, none is followed. */
const MOST = 1024;
/** Bit of the flags: response, RFC 7296 3.1. */
const RESPONSE = 0x20;
/** The same message at another capture point comes sooner, its repetition later, seconds. */
const REPEATED = 0.2;

export class IkeLog {
  readonly messages: IkeMessage[] = [];
  readonly #byKey = new Map<string, IkeMessage>();
  readonly #words = new Int32Array(4);

  /** A datagram with an IKE header, or its first piece. */
  note(frame: Frame, time: number): void {
    const { bytes, ip } = frame;
    const at = u32(bytes, frame.payload) === 0 ? frame.payload + NON_ESP_MARKER : frame.payload;
    if (at + IKE_HEADER > frame.end) return;
    const first = bytes[at + IKE_FIELD.version]! >> 4 === 1;
    const response = !first && (bytes[at + IKE_FIELD.flags]! & RESPONSE) !== 0;
    const exchange = bytes[at + IKE_FIELD.exchange]!;
    const message = u32(bytes, at + IKE_FIELD.message);
    const initiator = `${u32(bytes, at + IKE_FIELD.initiator)} ${u32(bytes, at + IKE_FIELD.initiator + 4)}`;
    const from = this.#address(frame, ip.source, ip.family);
    const to = this.#address(frame, ip.destination, ip.family);
    const octets = u32(bytes, at + IKE_FIELD.length);
    const exchangeKey = `${initiator} ${exchange} ${message}`;
    const asked = this.#byKey.get(`${to} ${exchangeKey} ${!response}`);
    if (response && asked) asked.answered = true;
    // IKE fragments (RFC 7383) share all but their length and contents.
    // Nor have the messages of an IKEv1 exchange a number of their own: another length is the next one.
    const key = `${from} ${exchangeKey} ${first ? octets : response}`;
    const held = this.#byKey.get(key);
    if (held) {
      if (time - held.lastTime < REPEATED) return;
      held.count++;
      if (ip.fragment) held.fragmented++;
      held.lastFrame = frame.number;
      held.lastTime = time;
      return;
    }
    // Whoever begins the next exchange has had the answer to the one before.
    for (const one of this.messages)
      if ((one.response || first) && one.to === from && one.from === to) one.answered = true;
    if (this.messages.length >= MOST) return;
    const made: IkeMessage = {
      from,
      to,
      exchange,
      response,
      octets,
      count: 1,
      fragmented: ip.fragment ? 1 : 0,
      firstFrame: frame.number,
      lastFrame: frame.number,
      firstTime: time,
      lastTime: time,
      answered: false,
    };
    this.#byKey.set(key, made);
    this.messages.push(made);
  }

  #address(frame: Frame, offset: number, family: number): string {
    copyAddress(frame.bytes, offset, family, this.#words, 0);
    return formatAddress(this.#words, 0, family === 6 ? 6 : 4);
  }
}
