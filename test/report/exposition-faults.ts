/** One series: name, labels with escaped values, a value, and no timestamp. */
const SERIES = /^([a-z_]+)(\{(?:[a-z]+="(?:[^"\\\n]|\\[\\"n])*",?)*\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;

/**
 * What node_exporter's textfile collector would stumble over: some of it costs the whole file, some is dropped without
 * a word.
 */
export function expositionFaults(text: string): string[] {
  const faults: string[] = [];
  if (!text.endsWith('\n')) faults.push('no line feed at the end');
  const seen = new Set<string>();
  let described = '';
  for (const line of text.split('\n').slice(0, -1)) {
    const [, type] = /^# TYPE ([a-z_]+) (?:gauge|counter)$/.exec(line) ?? [];
    if (type !== undefined) {
      if (seen.has(`# ${type}`)) faults.push(`${type} stands twice`);
      seen.add(`# ${type}`);
      described = type;
    }
    if (line.startsWith('#')) continue;
    const [, name, labels = ''] = SERIES.exec(line) ?? [];
    if (name === undefined) faults.push(`no series: ${line}`);
    else if (name !== described) faults.push(`${name} without its TYPE before it`);
    const key = `${name}${labels}`;
    if (seen.has(key)) faults.push(`twice: ${key}`);
    seen.add(key);
  }
  return faults;
}
