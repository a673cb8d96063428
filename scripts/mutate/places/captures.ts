import { judgedBy, type Place } from '../place.js';

/** Containers and texts of captures, and the files they come from. */
export const captures: readonly Place[] = [
  ...judgedBy(
    'test/capture test/io/captures.test.ts',
    ['capture/limits.ts', 'MOST_INTERFACES = 65_536', 'MOST_INTERFACES = 6_553_600'],
    ['capture/section.ts', 'if (this.beyond > 1) return;', ''],
    ['capture/interface.ts', "replace(/[\\u0000-\\u001f\\u007f-\\u009f]/g, '.')", "replace(/[\\u0000-\\u0001]/g, '.')"],
    ['capture/interface.ts', 'Math.min(length, 64)', 'length'],
    ['capture/interface.ts', 'length >= 8) offsetSeconds', 'length >= 0) offsetSeconds'],
    ['capture/damage.ts', 'const MOST = 100;', 'const MOST = 10_000;'],
    ['capture/pcap.ts', 'const ZERO_RUN = 4;', 'const ZERO_RUN = 400;'],
    ['capture/pcap-resync.ts', 'const NEAR = 7 * 86_400;', 'const NEAR = 7_000_000 * 86_400;'],
    ['capture/pcap-resync.ts', 'captured > original ||', ''],
  ),
  ...judgedBy(
    'test/capture/text',
    ['capture/text/recent.ts', 'const SOON = 2;', 'const SOON = 200;'],
    ['capture/text/lines.ts', "this.#halfBreak && text.startsWith('\\n') ? 1 : 0", '0'],
    [
      'packet/address-octets.ts',
      'numbers.every((number) => number <= 255)',
      'numbers.every((number) => number <= 256)',
    ],
    ['capture/text/hosts.ts', 'const MOST_NAMES = 4096;', 'const MOST_NAMES = 4_096_000;'],
  ),
  ...judgedBy(
    'test/io',
    ['io/gzip-members.ts', 'LONGEST_TEXT = 65_536', 'LONGEST_TEXT = 65_536_000'],
    ['io/gzip-members.ts', 'trailer.readUInt32LE() !== check || ', ''],
    ['io/compressed-source.ts', 'if (taken.length < octets) throw endsEarly();', ''],
    ['io/write-files.ts', 'force || there.size === 0 ||', 'force || there.size <= 30 ||'],
    [
      'io/write-files.ts',
      "if (there.isSymbolicLink()) throw refused(path, 'it is a symbolic link'",
      "if (false) throw refused(path, 'it is a symbolic link'",
    ],
    ['io/write-files.ts', 'for (const one of placed) await putBack(one);', ''],
    [
      'io/write-files.ts',
      'O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode',
      'O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644',
    ],
    ['io/identity.ts', 'return id > 0 && id <= LARGEST_ID', 'return id >= 0 && id <= LARGEST_ID'],
    ['io/queued-error.ts', 'if (!data || data.length < OFFENDER) return undefined;', 'if (!data) return undefined;'],
  ),
  ...judgedBy(
    'test/io test/probe test/cli/probe.test.ts',
    ['io/resolve.ts', 'verbatim: true', 'verbatim: false'],
    ['io/resolve.ts', "ascii.startsWith('-') || ", ''],
  ),
  ...judgedBy(
    'test/app test/cli/analyze.test.ts',
    ['app/read-captures.ts', 'reject(lost(file));', 'resolve(undefined as never);'],
    ['app/read-captures.ts', "error?.code === 'ERR_WORKER_OUT_OF_MEMORY'", 'error === undefined'],
    [
      'app/probe-flows.ts',
      'heard.reduce((a, b) => (least(b) < least(a) ? b : a)',
      'heard.reduce((a, b) => (least(b) > least(a) ? b : a)',
    ],
  ),
];
