import { fixedHeaders } from '../../mtu/mss.js';
import type { Measurement } from '../measurement.js';
import { type DeviceFormat, emptyReading, type Understood } from '../reading.js';
import { safeAddress } from '../secret.js';

const SOCKET =
  /^\s*(?:tcp\s+)?(?:ESTAB|SYN-SENT|FIN-WAIT-[12]|CLOSE-WAIT)\s+\d+\s+\d+\s+\S+\s+\[?([0-9a-f.:]+?)(?:%\S+?)?\]?:\d+\b/i;

/** `ss -ti`: a path MTU below what the own link announces (`advmss`) was learned from a PTB. */
export const socketStatistics: DeviceFormat = {
  id: 'ss',
  title: 'ss -ti (Linux)',
  manual: 'ss(8)',
  recognise: ({ lines }) => lines.filter(({ text }) => /\bpmtu:\d+\b.*\badvmss:\d+/.test(text)).length,
  parse: ({ lines }) => {
    const measurements: Measurement[] = [];
    const understood: Understood[] = [];
    let to: string | null = null;
    for (const { text, number } of lines) {
      to = safeAddress(SOCKET.exec(text)?.[1]) ?? to;
      const found = /\bpmtu:(\d{2,5})\b.*\badvmss:(\d{2,5})\b/.exec(text);
      if (!found) continue;
      const [pmtu, advertised] = [Number(found[1]), Number(found[2])];
      const headers = fixedHeaders(to?.includes(':') && !/^::ffff:/i.test(to) ? 6 : 4);
      understood.push({ line: number, says: `pmtu ${pmtu}, advmss ${advertised}` });
      if (pmtu < advertised + headers)
        measurements.push({ to, arrived: null, refused: null, ptb: pmtu, by: null, line: number });
    }
    return { ...emptyReading(socketStatistics.id), understood, measurements };
  },
};
