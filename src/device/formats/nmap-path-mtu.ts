import type { Measurement } from '../measurement.js';
import { type DeviceFormat, emptyReading, type Understood } from '../reading.js';
import { safeAddress } from '../secret.js';

const HOST = /^Nmap scan report for (?:\S{1,253} \()?([0-9a-f.:]{3,45})\)?/i;
/** `PMTU == 1006`, `1492 <= PMTU < 1500`, `PMTU >= 1500`. */
const RESULT = /^\|_? ?path-mtu: (?:PMTU (?:==|>=) (\d{2,5})|(\d{2,5}) <= PMTU < (\d{2,5}))/;

/**
 * The script answers with the size that the target itself answered; of what is above it silence may be all it knows.
 */
export const nmapPathMtu: DeviceFormat = {
  id: 'nmap-path-mtu',
  title: 'nmap --script path-mtu',
  manual: 'nmap, scripts/path-mtu.nse',
  recognise: ({ lines }) => lines.filter(({ text }) => RESULT.test(text.trim())).length,
  parse: ({ lines }) => {
    const measurements: Measurement[] = [];
    const understood: Understood[] = [];
    let to: string | null = null;
    for (const { text: printed, number } of lines) {
      const text = printed.trim();
      to = safeAddress(HOST.exec(text)?.[1]) ?? to;
      const found = RESULT.exec(text);
      if (!found) continue;
      const arrived = Number(found[1] ?? found[2]);
      measurements.push({ to, arrived, refused: null, ptb: null, by: null, line: number });
      const above = found[3] === undefined ? '' : `, ${found[3]} were not (silence, or a router without an MTU)`;
      understood.push({ line: number, says: `${arrived} octets answered${above}` });
    }
    return { ...emptyReading(nmapPathMtu.id), understood, measurements };
  },
};
