import { cleanPacketLine } from './clean.js';
import { droppedOf } from './dropped.js';
import type { Started, TextForm } from './form.js';
import { textForms } from './forms/index.js';
import { HexRows } from './hex.js';
import { blankPacket, type PrintedPacket } from './printed.js';

/** Lines of one packet that are kept: details of a long one have some hundred. */
export const MOST_LINES = 1500;
/** Characters of them: most lines have some eighty. */
export const MOST_CHARACTERS = 524_288;
/** Lines of a packet in a form of lines, wrapped and with what it quotes. */
const MOST_WRAPPED = 24;

/** A packet with what only the text around it tells. */
export interface Gathered {
  readonly packet: PrintedPacket;
  readonly ordinal: number | null;
  /** Words that are no packet stood before it. */
  readonly afterWords: boolean;
}

/** Puts lines together to packets: wrapped ones, those with details or octets below, whatever form each has. */
export class Gatherer {
  readonly #take: (gathered: Gathered) => void;
  readonly #hex = new HexRows();
  #form: TextForm | null = null;
  #started: Started | null = null;
  #lines: string[] = [];
  #characters = 0;
  #first = 0;
  #open = false;
  #words = false;
  #afterWords = false;
  /** The packet has more than is kept. */
  #over = false;
  lines = 0;
  /** Packets that the recorder says it lost. */
  dropped = 0;
  /** Packets with more lines than are kept, and the line that the first of them begins in. */
  readonly overlong = { packets: 0, line: 0 };
  readonly forms = new Set<string>();

  constructor(take: (gathered: Gathered) => void) {
    this.#take = take;
  }

  line(raw: string): void {
    this.lines++;
    const tall = this.#form?.tall === true;
    const text = raw === '' || (tall && !raw.includes('\u001b')) ? raw : cleanPacketLine(raw);
    if (text === '' || text.trim() === '') {
      if (!tall) this.#open = false;
      return;
    }
    if (!tall && this.#takeOctets(text)) return;
    const lost = droppedOf(text);
    if (lost !== null) {
      this.dropped += lost;
      this.#open = false;
      return;
    }
    // The closing tag's own line, and a sentence between packets, belong to none.
    for (const form of textForms) {
      if (tall && form !== this.#form && !/^\S/.test(text)) continue;
      const started = form.start(form.tall ? raw : text);
      if (!started) continue;
      this.flush();
      this.#form = form;
      this.#started = started;
      this.#lines = [started.body];
      this.#characters = started.body.length;
      this.#first = this.lines;
      this.#open = true;
      this.#afterWords = this.#words;
      this.#words = false;
      return;
    }
    const most = tall ? MOST_LINES : MOST_WRAPPED;
    const room = this.#lines.length < most && this.#characters < MOST_CHARACTERS;
    if (this.#form && this.#open && this.#hex.length === 0 && room) {
      this.#lines.push(tall ? text : text.trim());
      this.#characters += text.length;
    } else {
      this.#words = true;
      if (tall && this.#open && !room) this.#over = true;
    }
  }

  #takeOctets(text: string): boolean {
    if (this.#hex.length > 0 && HexRows.begins(text)) {
      this.flush();
      return this.#hex.take(text);
    }
    if (this.#hex.length === 0 && !HexRows.begins(text)) {
      const bare = this.#form !== null && /^\s+45[0-9a-f]{2} [0-9a-f]{4} [0-9a-f]{4} /.test(text);
      return bare && this.#hex.take(text);
    }
    if (this.#hex.take(text)) {
      this.#open = false;
      return true;
    }
    return false;
  }

  /** The packet that was being gathered is whole. */
  flush(): void {
    const octets = this.#hex.end();
    const form = this.#form;
    const started = this.#started;
    this.#form = null;
    this.#started = null;
    if (this.#over) {
      this.#over = false;
      if (this.overlong.packets++ === 0) this.overlong.line = this.#first;
    }
    if (!form || !started) {
      if (octets) this.#hand({ ...blankPacket(this.lines), octets }, null, 'hex dump');
      return;
    }
    const read = form.read(started, this.#lines, this.#first);
    if (!read && !octets) {
      this.#words = true;
      return;
    }
    const packet = read ?? blankPacket(this.#first);
    packet.time ??= started.time;
    packet.device ??= started.device;
    packet.way ??= started.way;
    packet.octets = octets && isMessage(octets, packet) ? null : octets;
    this.#hand(packet, started.ordinal, packet.octets ? `${form.title} with octets` : form.title);
  }

  #hand(packet: PrintedPacket, ordinal: number | null, title: string): void {
    this.forms.add(title);
    this.#take({ packet, ordinal, afterWords: this.#afterWords });
  }
}

/**
 * Of a code of ICMPv6 unreachable (above 4) or time exceeded (above 1) that it has no word for tcpdump prints the octets,
 * without the headers in front. Of other messages octets that begin so are a frame to a MAC address 02:00:….
 */
const isMessage = (octets: Uint8Array, { icmp, family }: PrintedPacket): boolean =>
  family === 6 &&
  ((icmp?.type === 1 && icmp.code > 4) || (icmp?.type === 3 && icmp.code > 1)) &&
  icmp.type === octets[0] &&
  icmp.code === octets[1];
