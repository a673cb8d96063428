/**
 * Every metric there is, with its HELP. The text stands once: node_exporter's textfile collector drops, without a word
 * in its own metrics, a series whose HELP differs from that of another file.
 */
export const metrics = {
  mtucalc_path_mtu_octets: 'Path MTU, IP header included; absent where only an interval is known.',
  mtucalc_path_mtu_interval: 'Lowest and highest size in octets that the path MTU can have by what was measured.',
  mtucalc_black_hole: '1 where larger packets vanish without a Packet Too Big, 0 where they do not; absent undecided.',
  mtucalc_expected_mtu_octets: 'MTU that was computed or given for this target.',
  mtucalc_path_mtu_changed_timestamp_seconds: 'Unix time of the measurement that showed the last change.',
  mtucalc_probe_success: '1 where a measurement of the path had an answer, 0 where it did not.',
  mtucalc_probe_skipped:
    '1 where the last turn was left out because the budget of packets was used up: the other figures are older; else 0.',
  mtucalc_probe_packets: 'Packets sent for the last measurement.',
  mtucalc_probe_duration_seconds: 'Time the last measurement took.',
  mtucalc_probe_timestamp_seconds: 'Unix time of the last measurement.',
  mtucalc_probe_age_seconds: 'Age of the measurement that is shown.',
  mtucalc_watch_paths: 'Paths that are watched.',
  mtucalc_watch_requests: 'Requests answered since the start.',
  process_resident_memory_bytes: 'Resident memory size in bytes.',
  probe_success: 'Displays whether or not the probe was a success',
  probe_duration_seconds: 'Returns how long the probe took to complete in seconds',
} as const;

export type Metric = keyof typeof metrics;
export type Labels = Readonly<Record<string, string | undefined>>;

/** A longer name tells nothing more, and is kept by Prometheus for as long as it keeps anything. */
const LONGEST_VALUE = 255;

/**
 * Prometheus, text exposition format 0.0.4: backslash, quote and line feed are escaped; other controls have no escape.
 */
const quoted = (value: string): string =>
  value
    .slice(0, LONGEST_VALUE)
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n');

/** Gauges in text format 0.0.4: no timestamps, each series once, a line feed at the end. */
export class Exposition {
  readonly #series = new Map<Metric, Map<string, number>>();

  /** A value that is not known has no series; of two values of one series the first counts. */
  add(metric: Metric, labels: Labels, value: number | null | undefined): void {
    if (value === null || value === undefined || !Number.isFinite(value)) return;
    const said = Object.entries(labels).flatMap(([name, text]) =>
      text === undefined || text === '' ? [] : [`${name}="${quoted(text)}"`],
    );
    const series = this.#series.get(metric) ?? new Map<string, number>();
    this.#series.set(metric, series);
    const key = said.length === 0 ? '' : `{${said.join(',')}}`;
    if (!series.has(key)) series.set(key, value);
  }

  /** The first line says who wrote it: a file that begins so may be replaced by the next run. */
  text(): string {
    const lines = ['# mtucalc: path MTU of the targets, sizes in octets of whole IP packets'];
    for (const metric of Object.keys(metrics) as Metric[]) {
      const series = this.#series.get(metric);
      if (!series) continue;
      lines.push(`# HELP ${metric} ${metrics[metric]}`, `# TYPE ${metric} gauge`);
      for (const [labels, value] of series) lines.push(`${metric}${labels} ${value}`);
    }
    return `${lines.join('\n')}\n`;
  }
}
