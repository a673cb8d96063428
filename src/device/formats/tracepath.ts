import type { Measurement } from '../measurement.js';
import { type DeviceFormat, emptyReading, type Understood } from '../reading.js';
import { safe, safeAddress } from '../secret.js';

const HOP = /^\s*(\d{1,3})\??:\s+(?:(\S+)\s+)?/;
const FIRST = /^\s*1\?:\s+\[LOCALHOST\]/;
const TRACEROUTE = /^\s*traceroute to (\S+) \(([0-9a-f.:]+)\), \d+ hops max/i;

/** tracepath, and `traceroute --mtu`: who named which MTU, and whether the end was reached. */
export const tracepath: DeviceFormat = {
  id: 'tracepath',
  title: 'tracepath, traceroute --mtu',
  manual: 'tracepath(8), traceroute(8)',
  recognise: ({ lines }) =>
    lines.filter(
      ({ text }) =>
        FIRST.test(text) || (TRACEROUTE.test(text) && lines.some((line) => /\bF=\d{2,5}\b/.test(line.text))),
    ).length,
  parse: ({ lines }) => {
    const measurements: Measurement[] = [];
    const understood: Understood[] = [];
    let run: Run | null = null;
    let asked: string | null = null;
    for (const { text, number } of lines) {
      const command = /\btracepath6?\s+(?:-\S+\s+(?:\d+\s+)?)*([\w.:-]{2,253})\s*$/.exec(text);
      if (command && !HOP.test(text)) asked = safeAddress(command[1]) ?? safe(command[1] ?? '', 60);
      const trace = TRACEROUTE.exec(text);
      if (FIRST.test(text) || trace) {
        if (run) measurements.push(resultOf(run));
        run = {
          to: trace ? safeAddress(trace[2]) : asked,
          pmtu: mtuIn(text),
          refused: null,
          ptb: null,
          by: null,
          before: null,
          traceroute: trace !== null,
          reached: false,
          line: number,
        };
        understood.push({ line: number, says: `path to ${safe(run.to ?? '?', 60)}` });
        continue;
      }
      if (run) hop(run, text, number);
    }
    if (run) measurements.push(resultOf(run));
    return { ...emptyReading(tracepath.id), understood, measurements };
  },
};

interface Run {
  to: string | null;
  pmtu: number | null;
  refused: number | null;
  ptb: number | null;
  by: string | null;
  /** traceroute prints an MTU beside the hop that answered with it: the router before that one named it. */
  before: string | null;
  readonly traceroute: boolean;
  reached: boolean;
  line: number;
}

const mtuIn = (text: string): number | null => {
  const found = /\bpmtu (\d{2,5})\b|\bF=(\d{2,5})\b/.exec(text);
  return found ? Number(found[1] ?? found[2]) : null;
};

function hop(run: Run, text: string, line: number): void {
  const found = /^\s*\d{1,3}(?:\??:)?\s+(?:(\S+) \()?([0-9a-f.:]{2,45})\)?/i.exec(text);
  const address = safeAddress(found?.[2]);
  const named = mtuIn(text);
  // traceroute prints it beside a hop that kept silent as well.
  if (named !== null && !/Resume|Too many/.test(text) && (address !== null || run.traceroute)) {
    // What was sent until then was too large for this hop; the first one of traceroute is the own link's.
    if (run.pmtu !== null && run.pmtu > named) {
      run.refused = run.pmtu;
      run.ptb = named;
      run.by = run.traceroute ? run.before : address;
      run.line = line;
    }
    run.pmtu = named;
  }
  if (/^\s*\d{1,3}(?:\??:)?\s/.test(text)) run.before = address;
  if (
    /\breached\b/.test(text) ||
    (address !== null && address === run.to && run.pmtu !== null && /\bms\b/.test(text) && !/:/.test(text.slice(0, 5)))
  ) {
    run.reached = true;
    run.to = address ?? run.to;
  }
}

const resultOf = ({ to, pmtu, refused, ptb, by, reached, line }: Run): Measurement => ({
  to,
  arrived: reached ? pmtu : null,
  refused,
  ptb,
  by,
  line,
});
