import type { Measurement } from '../measurement.js';
import { type DeviceFormat, emptyReading, familyOf, type Understood } from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { pingHeaders } from './ping-command.js';

const COMMAND = /(?:^|[\s/#$>])fping6?\s+(-.*)$/;
const REFUSED = /^ICMP Unreachable \(Fragmentation Needed\) from (\S+) for ICMP Echo sent to (\S+)/;
const HERE = /^(\S+?): error while sending ping: Message too long/;
const REPLY = /^(\S+)\s+: \[\d+\], (\d{1,5}) bytes, [\d.]+ ms/;
/** What says only that something came back: the size is that of the command line. */
const ALIVE = /^(\S+)(?: is alive\b|\s+: xmt\/rcv\/%loss = \d+\/[1-9]|\s+: (?:[\d.]+|-)(?: (?:[\d.]+|-)){0,200}$)/;
const ICMP = 8;

/** fping -M -b: `bytes` count the ICMP message, `-b` its data; DF is what -M says. */
export const fping: DeviceFormat = {
  id: 'fping',
  title: 'fping -M -b SIZE',
  manual: 'fping(8)',
  recognise: ({ lines }) =>
    lines.filter(({ text }) => COMMAND.test(text) || REFUSED.test(text) || HERE.test(text) || REPLY.test(text)).length,
  parse: ({ lines }) => {
    const measurements: Measurement[] = [];
    const understood: Understood[] = [];
    let asked: { readonly df: boolean; readonly data: number | null } = { df: false, data: null };
    const sizeOf = (to: string): number | null =>
      asked.data === null ? null : asked.data + pingHeaders(familyOf(to) ?? 4);
    const note = (name: string, line: number, more: Partial<Measurement>, says: string): void => {
      const to = safeAddress(name) ?? safe(name, 60);
      const at = measurements.findIndex((one) => one.to === to && one.arrived === (more.arrived ?? one.arrived));
      const held = measurements[at] ?? { to, arrived: null, refused: null, ptb: null, by: null, line };
      measurements.splice(at < 0 ? measurements.length : at, 1, { ...held, ...more });
      understood.push({ line, says: `${to}: ${says}` });
    };
    for (const { text: printed, number } of lines) {
      const text = printed.trim();
      const command = COMMAND.exec(text)?.[1];
      if (command !== undefined) {
        const data = /(?:^|\s)(?:-b\s*|--size[= ])(\d{1,5})\b/.exec(command)?.[1];
        asked = {
          df: /(?:^|\s)(?:-[a-zA-Z]*M\b|--dontfrag)/.test(command),
          data: data === undefined ? null : Number(data),
        };
        understood.push({ line: number, says: `${data ?? 56} octets of data, ${asked.df ? 'with' : 'without'} DF` });
        continue;
      }
      const refused = REFUSED.exec(text);
      if (refused) {
        const to = refused[2] as string;
        note(
          to,
          number,
          { refused: sizeOf(to), by: safeAddress(refused[1]) },
          'refused by a router, which MTU it named is not printed',
        );
        continue;
      }
      const here = HERE.exec(text)?.[1];
      if (here !== undefined) {
        note(here, number, { refused: sizeOf(here) }, 'refused by the own host');
        continue;
      }
      const reply = REPLY.exec(text);
      const name = reply?.[1] ?? ALIVE.exec(text)?.[1];
      if (name === undefined || !asked.df) continue;
      const arrived = reply ? Number(reply[2]) - ICMP + pingHeaders(familyOf(name) ?? 4) : sizeOf(name);
      if (arrived !== null && !(ALIVE.test(text) && /: [-\s]*$/.test(text)))
        note(name, number, { arrived }, `${arrived} octets answered`);
    }
    return { ...emptyReading(fping.id), understood, measurements };
  },
};
