import { CaptureWatch } from '../../../src/analyze/capture-value.js';
import { judge } from '../../../src/analyze/judge.js';
import type { AnalyzeResult } from '../../../src/analyze/result.js';
import { CaptureReader } from '../../../src/capture/reader.js';

/** What analyze says of a text, handed over in pieces of `piece` octets. */
export function judgedText(text: string | Uint8Array, piece = 4096): AnalyzeResult {
  const octets = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const watch = new CaptureWatch();
  const reader = new CaptureReader(watch.frame.bind(watch));
  let left = new Uint8Array(0);
  for (let at = 0; at < octets.length; at += piece) {
    const next = octets.subarray(at, at + piece);
    const joined = new Uint8Array(left.length + next.length);
    joined.set(left);
    joined.set(next, left.length);
    left = joined.slice(reader.consume(joined, joined.length));
  }
  return judge(watch.finish('text', reader.finish(left, left.length), false).facts);
}

const options = (seconds: number): string => `options [nop,nop,TS val ${Math.round(seconds * 1000)} ecr 7]`;
const clock = (seconds: number): string => {
  const minutes = Math.floor(seconds / 60);
  return `10:${String(minutes).padStart(2, '0')}:${(seconds % 60).toFixed(6).padStart(9, '0')}`;
};

/** `tcpdump -nn` of an upload: the handshake, a request that passes, then `size` octets that are sent `times` times. */
export function upload({ times, answered }: { readonly times: number; readonly answered: boolean }): string {
  const a = '192.0.2.7.40000';
  const b = '198.51.100.9.443';
  const out = (at: number, what: string): string => `${clock(at)} IP ${a} > ${b}: ${what}`;
  const back = (at: number, what: string): string => `${clock(at)} IP ${b} > ${a}: ${what}`;
  const lines = [
    out(0, 'Flags [S], seq 1000000000, win 64240, options [mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7], length 0'),
    back(
      0.02,
      'Flags [S.], seq 3000000000, ack 1000000001, win 65160, options [mss 1460,sackOK,TS val 7 ecr 1,nop,wscale 7], length 0',
    ),
    out(0.021, `Flags [.], ack 1, win 502, ${options(0.021)}, length 0`),
    out(0.022, `Flags [P.], seq 1:65, ack 1, win 502, ${options(0.022)}, length 64`),
    back(0.042, `Flags [.], ack 65, win 501, ${options(0.042)}, length 0`),
  ];
  for (let index = 0; index < 4; index++) {
    const from = 65 + index * 1448;
    lines.push(
      out(0.043 + index / 1e4, `Flags [.], seq ${from}:${from + 1448}, ack 1, win 502, ${options(0.043)}, length 1448`),
    );
  }
  for (let index = 1; index <= times; index++) {
    const at = 0.05 + 0.25 * (2 ** index - 1);
    lines.push(out(at, `Flags [.], seq 65:1513, ack 1, win 502, ${options(at)}, length 1448`));
  }
  if (answered) lines.push(back(20, `Flags [.], ack ${65 + 4 * 1448}, win 501, ${options(20)}, length 0`));
  return `${lines.join('\n')}\n`;
}
