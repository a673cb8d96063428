/** tcpdump (and FortiOS, Junos), tshark, dumpcap: what they say below their packets. */
const forms: readonly RegExp[] = [
  /^(\d{1,12}) packets? dropped by (?:kernel|interface)$/,
  /^(\d{1,12}) packets? dropped from \S/,
  /^Packets received\/dropped on interface .{1,80}: \d{1,12}\/(\d{1,12}) /,
];

/** Packets that a recorder says it lost; null: the line says something else. */
export function droppedOf(line: string): number | null {
  if (!line.includes('dropped')) return null;
  const text = line.trim();
  for (const form of forms) {
    const found = form.exec(text);
    if (found) return Number(found[1]);
  }
  return null;
}
