import type { Measurement } from '../measurement.js';
import { type DeviceFormat, emptyReading, type Understood } from '../reading.js';
import { safeAddress } from '../secret.js';

const TRACE = /^traceroute (?:from [0-9a-f.:]{3,45} )?to ([0-9a-f.:]{3,45})$/i;
/** A star: no router named it, the size was searched for. */
const HOP = /^\d{1,3} {1,2}([0-9a-f.:]{3,45})\s.*\[(\*?)mtu: (\d{2,5})\]/i;

/** scamper trace -M: the MTU behind a hop is what packets to that hop may have; who named it is the hop before. */
export const scamper: DeviceFormat = {
  id: 'scamper',
  title: 'scamper -I "trace -M HOST"',
  manual: 'scamper(1)',
  recognise: ({ lines }) =>
    lines.some(({ text }) => TRACE.test(text.trim())) ? lines.filter(({ text }) => HOP.test(text.trim())).length : 0,
  parse: ({ lines }) => {
    const measurements: Measurement[] = [];
    const understood: Understood[] = [];
    let to: string | null = null;
    let held: { mtu: number; address: string | null } | null = null;
    for (const { text: printed, number } of lines) {
      const text = printed.trim();
      const trace = TRACE.exec(text)?.[1];
      if (trace !== undefined) {
        to = safeAddress(trace);
        held = null;
        continue;
      }
      const hop = HOP.exec(text);
      if (!hop || to === null) {
        if (/^\d{1,3} {1,2}\*/.test(text) && held) held.address = null;
        continue;
      }
      const [address, mtu, searched] = [safeAddress(hop[1]), Number(hop[3]), hop[2] === '*'];
      const blank = { to, arrived: null, refused: null, ptb: null, by: null, line: number };
      if (held && mtu < held.mtu) {
        // Where the size was searched for, silence is all that is known of larger ones.
        if (!searched) measurements.push({ ...blank, refused: held.mtu, ptb: mtu, by: held.address });
        understood.push({
          line: number,
          says: `MTU ${mtu} on the way to hop ${text.split(' ', 1)[0]}${searched ? ', by search' : ''}`,
        });
      }
      if (address === to) {
        const named = measurements.at(-1);
        if (named?.to === to) measurements[measurements.length - 1] = { ...named, arrived: mtu };
        else measurements.push({ ...blank, arrived: mtu });
      }
      held = { mtu, address };
    }
    return { ...emptyReading(scamper.id), understood, measurements };
  },
};
