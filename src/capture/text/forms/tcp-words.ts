import { wordTable } from '../../../word-table.js';
import { blankTcp, type PrintedTcp } from '../printed.js';

const flagBits: Readonly<Record<string, number>> = wordTable({ F: 1, S: 2, R: 4, P: 8, '.': 16, U: 32, E: 64, W: 128 });

const flagsOf = (letters: string): number => {
  let flags = 0;
  for (const letter of letters) flags |= flagBits[letter] ?? 0;
  return flags;
};

const numberIn = (text: string, pattern: RegExp): number | null => {
  const found = pattern.exec(text);
  return found ? Number(found[1]) : null;
};

/** `Flags [P.], cksum …, seq 1:65, ack 1, win 502, options […], length 64`: tcpdump 4. */
export function newTcp(text: string): PrintedTcp | null {
  const found = /^Flags \[([^\]]{0,12})\],? ?/.exec(text);
  if (!found) return null;
  const options = /options \[([^\]]{0,400})\]/.exec(text);
  const before = options ? text.slice(0, options.index) : text.slice(0, 300);
  const after = options ? text.slice(options.index + options[0].length, options.index + options[0].length + 60) : text;
  const range = /\bseq (\d{1,10})(?::(\d{1,10}))?/.exec(before);
  const said = numberIn(after, /\blength (\d{1,6})/);
  const ack = numberIn(before, /\back (\d{1,10})/);
  const span = range?.[2] === undefined ? 0 : (Number(range[2]) - Number(range[1]) + 4_294_967_296) % 4_294_967_296;
  const checksum = /\bcksum 0x([0-9a-f]{4})\b/.exec(before);
  return {
    ...blankTcp,
    ...optionsOf(options?.[1] ?? ''),
    flags: flagsOf(found[1] as string) | (ack === null ? 0 : 16),
    seq: range ? Number(range[1]) : null,
    ack,
    window: numberIn(before, /\bwin (\d{1,10})/) ?? 0,
    payload: said ?? span,
    checksum: checksum ? Number.parseInt(checksum[1] as string, 16) : null,
  };
}

/** `P 1:65(64) ack 1 win 502 <nop,nop,timestamp 1 2>`: tcpdump 3, ASA, Junos. */
export function oldTcp(text: string): PrintedTcp | null {
  const found =
    /^([SFPRWEU.]{1,8})(?: \[[^\]]{1,40}\])? (?:(\d{1,10}):(\d{1,10})\((\d{1,6})\) ?)?(?:ack (\d{1,10}) ?)?(?:win (\d{1,10}))?/.exec(
      text,
    );
  if (!found || (found[2] === undefined && found[5] === undefined && found[6] === undefined)) return null;
  const options = /<([^<>]{0,400})>/.exec(text.slice(found[0].length, found[0].length + 440));
  return {
    ...blankTcp,
    ...optionsOf(options?.[1] ?? ''),
    flags: (flagsOf(found[1] as string) & ~16) | (found[5] === undefined ? 0 : 16),
    seq: found[2] === undefined ? null : Number(found[2]),
    ack: found[5] === undefined ? null : Number(found[5]),
    window: Number(found[6] ?? 0),
    payload: Number(found[4] ?? 0),
  };
}

type Options = Pick<PrintedTcp, 'mss' | 'windowScale' | 'timestamps' | 'sackPermitted' | 'sack' | 'optionOctets'>;

/** Octets of options that are printed by name and hold no number that matters here. */
const octetsOf: Readonly<Record<string, number>> = wordTable({ nop: 1, eol: 1, sackOK: 2, md5: 18, tfo: 10 });

function optionsOf(text: string): Options {
  const timestamps = /(?:TS val|timestamp) (\d{1,10}) (?:ecr )?(\d{1,10})/.exec(text);
  const sack = [...text.matchAll(/\{(\d{1,10}):(\d{1,10})\}/g)]
    .slice(0, 4)
    .map(([, left, right]) => [Number(left), Number(right)] as const);
  const mss = numberIn(text, /\bmss (\d{1,5})/);
  const windowScale = numberIn(text, /\bwscale (\d{1,2})/);
  let octets = (mss === null ? 0 : 4) + (windowScale === null ? 0 : 3) + (timestamps ? 10 : 0);
  octets += sack.length > 0 ? 2 + 8 * sack.length : 0;
  for (const word of text.split(/[, ]+/)) octets += octetsOf[word] ?? 0;
  return {
    mss,
    windowScale,
    timestamps: timestamps ? [Number(timestamps[1]), Number(timestamps[2])] : null,
    sackPermitted: /\bsackOK\b/.test(text),
    sack,
    optionOctets: octets,
  };
}
