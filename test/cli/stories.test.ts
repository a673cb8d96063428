import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { fakeTerminal } from '../terminal.js';
import { things } from './story.js';

const page = readFileSync(new URL('../../docs/diagnose.md', import.meta.url), 'utf8');
/** Rows of the table: what a person has, what they see, and the command. */
const rows = [...page.matchAll(/^\| (.+?) \| (.+?) \| `(mtucalc .+?)` \|$/gm)].map(([, have, see, line]) => ({
  have,
  see,
  line: line as string,
}));

/** Words that the answer to each row must hold, in the order of the rows. */
const answers: Readonly<Record<string, readonly string[]>> = {
  'mtucalc diagnose export.rsc': ['fits: 1422', 'FastTrack'],
  'mtucalc diagnose export.rsc dump.txt': ['black-hole-suspected', 'announces MSS 1460, where 1382 fits'],
  'mtucalc diagnose export.rsc ping.txt': ['takes at most 1400', 'mtucalc verify 10.2.0.2 --from'],
  'mtucalc diagnose dump.txt': ['black-hole-suspected', 'fits: not known'],
  'mtucalc diagnose fine.txt': ['No cause found', 'no all-clear'],
  'mtucalc diagnose ping.txt': ['MTU 1400, MSS 1360'],
  'mtucalc diagnose wg0.conf -w pppoe': ['MTU 1420', '1412'],
  'mtucalc diagnose sa.txt -w pppoe --box cisco': ['1382', 'adjust-mss'],
  'mtucalc diagnose rules.v4': ['LAN to tunnel only'],
  'mtucalc diagnose eoip.rsc': ['1500'],
  'mtucalc diagnose -c aes256-sha256 -w pppoe --box routeros --symptom hangs': [
    'MTU 1422',
    'new-mss=1382',
    'mtucalc verify HOST --cipher aes256-sha256 --wan pppoe',
    'mtucalc probe HOST',
  ],
  'mtucalc wg0.conf -w pppoe': ['1412'],
  'mtucalc analyze dump.txt': ['black-hole-suspected', 'From text'],
  'mtucalc import ping.txt': ['1400', 'refused'],
  'mtucalc import ping.txt -c aes256-sha256 --no-nat-t --link-mtu 1500': ['less than the 1438'],
  'mtucalc import sa.txt': ['1438'],
  'mtucalc lint rules.v4': ['ipsec0'],
  'mtucalc identify 1422': ['1422'],
  'mtucalc -c aes256-sha256 -w pppoe': ['1422'],
  'mtucalc -t wireguard -w pppoe --outer 6': ['1412'],
  'mtucalc snippet routeros -c aes256-sha256 -w pppoe': ['new-mss=1382'],
  'mtucalc snippet opnsense -t wireguard -w pppoe': ['1432'],
  'mtucalc compare -c aes256-sha256,aes256gcm16 -w pppoe': ['1422'],
};

test('the table and the answers are about the same commands', () => {
  expect(rows.map(({ line }) => line).sort()).toEqual(Object.keys(answers).sort());
});

test.for(rows)('I have $have, I see $see', async ({ line }) => {
  const words = line
    .split(' ')
    .slice(1)
    .map((word) => things[word] ?? word);
  const screen = fakeTerminal({ columns: 400 });
  const code = await main(words, screen.terminal);
  expect(screen.stderr.includes('Error')).toBe(false);
  expect(code, screen.stderr).toBeLessThan(2);
  for (const says of answers[line] ?? []) expect(screen.stdout).toContain(says);
});

test('what is nothing known is refused in one sentence', async () => {
  const screen = fakeTerminal();
  expect(await main(['diagnose', things['letter.txt'] as string], screen.terminal)).toBe(2);
  expect(screen.stderr).toMatch(/^mtucalc: .*\n {2}.*\n$/);
});

test('a bare word is a thing only where such a file exists, and never a host', async () => {
  const screen = fakeTerminal();
  expect(await main(['198.51.100.2'], screen.terminal)).toBe(2);
  expect(screen.stderr).toContain('there is no command');
});

test('the same from standard input, and as JSON', async () => {
  const text = readFileSync(things['ping.txt'] as string);
  const screen = fakeTerminal({ stdin: text });
  expect(await main(['diagnose', '-', '--json'], screen.terminal)).toBe(0);
  expect(JSON.parse(screen.stdout)).toMatchObject({
    schemaVersion: 2,
    target: { mtu: 1400 },
    carries: [{ to: '10.2.0.2', ptb: 1400 }],
  });
});
