import type { Measurement } from '../measurement.js';
import { type DeviceFormat, emptyReading, type Understood } from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { answerOf } from './ping-answer.js';
import { type PingAsked, pingCommand, pingHeader, sendsDf } from './ping-command.js';

/** ping of Linux, macOS and BSD, Windows (any language), RouterOS, IOS and those that print like them. */
export const ping: DeviceFormat = {
  id: 'ping',
  title: 'ping with DF (Linux, macOS, Windows, RouterOS, IOS)',
  manual: 'ping(8); RouterOS manual, Ping; Microsoft, ping',
  recognise: ({ lines }) => lines.filter(({ text }) => pingHeader(text) !== null || pingCommand(text) !== null).length,
  parse: ({ lines }) => {
    const measurements: Measurement[] = [];
    const understood: Understood[] = [];
    let asked: PingAsked | null = null;
    let entry: Entry | null = null;
    let sticky = false;
    const close = (): void => {
      if (entry && (entry.arrived !== null || entry.refused !== null || entry.ptb !== null))
        measurements.push({ ...entry });
      entry = null;
    };
    for (const [index, { text: printed, number }] of lines.entries()) {
      // A mail program broke the line in front of the MTU.
      const wrapped = /\(?mtu\s?[=:]\s?$/i.test(printed);
      const text = wrapped ? `${printed} ${lines[index + 1]?.text.trim() ?? ''}` : printed;
      // FortiOS sets it beforehand: `execute ping-options df-bit yes`.
      if (sendsDf(text)) sticky = true;
      const header = pingHeader(text);
      const command = header ? null : pingCommand(text);
      if (command) {
        close();
        asked = { ...command, df: command.df || sticky };
        entry = blank(asked, number);
        continue;
      }
      if (header) {
        // A header without its own command line: whether DF was set is not known.
        const own: PingAsked | null = asked && !asked.headed ? asked : null;
        if (!own) close();
        asked = {
          to: header.to ?? own?.to ?? null,
          size: header.size ?? own?.size ?? null,
          df: (own?.df ?? sticky) && !(header.style === 'linux' && own?.style === 'bsd-df'),
          style: header.style,
          headed: true,
          sweep: header.sweep,
        };
        entry = { ...(entry ?? blank(asked, number)), to: asked.to };
        if (asked.size !== null || header.style === 'ios')
          understood.push({
            line: number,
            says: `ping of ${asked.size === null ? 'several sizes' : `${asked.size} octets`} to ${safe(asked.to ?? '?', 45)}`,
          });
        continue;
      }
      if (!asked || !entry) continue;
      const answer = answerOf(text, asked);
      if (!answer) continue;
      if (answer.kind === 'df') asked = { ...asked, df: true };
      else if (answer.kind === 'swept') {
        if (asked.df) entry.arrived = answer.arrived;
        entry.refused = answer.refused;
        understood.push({ line: number, says: `sizes up to ${answer.arrived ?? 'none'} answered` });
      } else if (answer.kind === 'arrived') {
        if (asked.df && answer.size !== null) entry.arrived = Math.max(entry.arrived ?? 0, answer.size);
      } else {
        entry.refused = asked.size ?? entry.refused;
        if (answer.mtu !== null) entry.ptb = entry.ptb === null ? answer.mtu : Math.min(entry.ptb, answer.mtu);
        entry.by ??= safeAddress(answer.by);
        entry.line = number;
        understood.push({
          line: number,
          says: `${asked.size ?? '?'} octets refused${answer.mtu === null ? '' : `, MTU ${answer.mtu}`}`,
        });
      }
    }
    close();
    return { ...emptyReading(ping.id), understood, measurements };
  },
};

type Entry = { -readonly [K in keyof Measurement]: Measurement[K] };

const blank = ({ to }: PingAsked, line: number): Entry => ({
  to,
  arrived: null,
  refused: null,
  ptb: null,
  by: null,
  line,
});
