import type { Measurement } from '../measurement.js';
import { type DeviceFormat, emptyReading, type Understood } from '../reading.js';
import { safe, safeAddress } from '../secret.js';

const COMMAND = /(?:^|[\s/#$>])hping[23]?\s+(\S.*)$/;
/** Headers and data are counted apart; the packet is both. */
const HEADER =
  /^HPING (\S{1,253}) \(\S{1,30} ([0-9a-f.:]{3,45})\): .{1,60}?, (\d{1,3}) headers \+ (\d{1,5}) data bytes/;
const ANSWER = /^len=\d{1,5} ip=([0-9.]{7,15}) /;
const REFUSED = /^ICMP Fragmentation Needed\/DF set from ip=([0-9.]{7,15})/;

/** hping3: a SYN of 40 octets says nothing of size, whatever MSS it carries; with -y and -d it measures. */
export const hping: DeviceFormat = {
  id: 'hping',
  title: 'hping3 -y -d SIZE',
  manual: 'hping3(8)',
  recognise: ({ lines }) => lines.filter(({ text }) => HEADER.test(text.trim())).length,
  parse: ({ lines }) => {
    const measurements: Measurement[] = [];
    const understood: Understood[] = [];
    let df = false;
    let asked: { readonly to: string; readonly size: number } | null = null;
    // Standard output and standard error mix: the answers may stand in front of the header of their own run.
    for (const { text: printed, number } of lines) {
      const text = printed.trim();
      const header = HEADER.exec(text);
      const command = header ? undefined : COMMAND.exec(text)?.[1];
      if (command !== undefined) df = /(?:^|\s)(?:-[a-zA-Z]*y\b|--dontfrag)/.test(command);
      if (header) {
        const size = Number(header[3]) + Number(header[4]);
        asked = { to: safeAddress(header[2]) ?? safe(header[1] ?? '?', 60), size };
        understood.push({ line: number, says: `packets of ${size} octets to ${asked.to}` });
        continue;
      }
      if (!asked) continue;
      const blank = { to: asked.to, arrived: null, refused: null, ptb: null, by: null, line: number };
      const refused = REFUSED.exec(text);
      if (refused) measurements.push({ ...blank, refused: asked.size, by: safeAddress(refused[1]) });
      else if (df && ANSWER.exec(text)?.[1] === asked.to) measurements.push({ ...blank, arrived: asked.size });
    }
    return { ...emptyReading(hping.id), understood, measurements };
  },
};
