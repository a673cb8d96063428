import { expect, test } from 'vitest';
import { judgedText, upload } from './read.js';

const hole = upload({ times: 5, answered: false });
const passes = upload({ times: 0, answered: true });
const codes = (text: string | Uint8Array, piece?: number): string[] =>
  judgedText(text, piece).findings.map(({ code }) => code);

test('a black hole without DF in the text is only suspected', () => {
  const result = judgedText(hole);
  expect(result.verdict).toBe('black-hole-suspected');
  expect(result.findings.find(({ code }) => code === 'black-hole-suspected')).toMatchObject({ severity: 'warning' });
  expect(result.text?.unknown).toEqual(['DF', 'IP identification', 'TTL']);
  expect(result.findings.find(({ code }) => code === 'from-text')?.says).toContain(
    'DF, IP identification, TTL unknown',
  );
});

test('the same with DF, identification and lengths in the text is certain', () => {
  let id = 100;
  const verbose = hole.replace(/ IP (\S+ > \S+:) (.*length (\d+))$/gm, (_, ends, rest, length) => {
    const header = /\[S/.test(rest) ? 60 : 52;
    return ` IP (tos 0x0, ttl 64, id ${id++}, offset 0, flags [DF], proto TCP (6), length ${header + Number(length)})\n    ${ends} ${rest}`;
  });
  expect(judgedText(verbose)).toMatchObject({ verdict: 'black-hole', text: { unknown: [] } });
});

test('what arrives is ok', () => {
  expect(judgedText(passes)).toMatchObject({ verdict: 'ok' });
  expect(judgedText(passes).flows[0]?.directions.map(({ withDf, withoutDf }) => [withDf, withoutDf])).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test.for([
  ['without its handshake, relative numbers only', (text: string) => text.split('\n').slice(3).join('\n')],
  [
    'absolute numbers (-S)',
    (text: string) =>
      text.replace(
        /seq (\d{1,4}):(\d{1,4})/g,
        (_, a, b) => `seq ${1_000_000_000 + Number(a)}:${1_000_000_000 + Number(b)}`,
      ),
  ],
  [
    'CRLF, prompts and counters',
    (text: string) => `gw# tcpdump -nn\r\nlistening on eth0\r\n${text.replace(/\n/g, '\r\n')}14 packets captured\r\n`,
  ],
  [
    'names for hosts and ports',
    (text: string) =>
      text.replaceAll('192.0.2.7.40000', 'pc.branch.example.40000').replaceAll('198.51.100.9.443', 'files.hq.https'),
  ],
  ['masked addresses', (text: string) => text.replaceAll('198.51.100.9', 'x.x.x.9')],
] as const)('the black hole %s', ([, change]) => {
  expect(judgedText(change(hole)).verdict).toBe('black-hole-suspected');
});

test('names of the text are printed, not the addresses that stand for them', () => {
  const result = judgedText(hole.replaceAll('198.51.100.9.443', 'files.hq.https'));
  expect(JSON.stringify(result)).toContain('files.hq:443');
  expect(JSON.stringify(result.findings)).not.toContain('240.0.');
});

test('UTF-16 with and without its mark, and octets one by one', () => {
  const little = new Uint8Array(Buffer.from(hole, 'utf16le'));
  const marked = new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(hole, 'utf16le')]));
  for (const octets of [little, marked]) expect(judgedText(octets, 1001).verdict).toBe('black-hole-suspected');
  expect(judgedText(hole, 1).verdict).toBe('black-hole-suspected');
});

test('every packet twice: neither loss nor retransmission', () => {
  const twice = passes
    .split('\n')
    .flatMap((line) => [
      line,
      line.replace(/(\d)(\d{3}) IP/, (_, a, b) => `${a}${String((Number(b) + 9) % 1000).padStart(3, '0')} IP`),
    ]);
  const result = judgedText(twice.join('\n'));
  expect(result.text?.copies).toBeGreaterThan(5);
  expect(result.flows[0]?.directions.map(({ retransmitted }) => retransmitted)).toEqual([0, 0]);
  expect(result.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
});

test('a PTB of which the MTU is not printed ends the suspicion of silence', () => {
  const line = (at: number, rest: string): string => `${at} ${(at / 10).toFixed(6)} ${rest}`;
  const seq = (at: number): string =>
    line(at, '192.0.2.7 → 198.51.100.9 TCP 1514 40000 → 443 [ACK] Seq=1 Ack=1 Win=502 Len=1448 TSval=7 TSecr=3');
  const small = line(
    1,
    '192.0.2.7 → 198.51.100.9 TCP 130 40000 → 443 [PSH, ACK] Seq=0 Ack=1 Win=502 Len=1 TSval=7 TSecr=3',
  );
  const back = line(2, '198.51.100.9 → 192.0.2.7 TCP 66 443 → 40000 [ACK] Seq=1 Ack=1 Win=502 Len=0 TSval=7 TSecr=3');
  const silent = [small, back, ...[3, 6, 12, 24, 48, 96].map(seq)];
  expect(codes(silent.join('\n'))).toContain('black-hole-suspected');
  const told = [...silent, line(97, '192.0.2.1 → 192.0.2.7 ICMP 590 Destination unreachable (Fragmentation needed)')];
  expect(codes(told.join('\n'))).not.toContain('black-hole-suspected');
  expect(codes(told.join('\n'))).toContain('ptb-without-mtu');
});

test.for([
  ['prose', 'Since Monday the tunnel is slow.\nPings are fine.\n', /no line of it is a packet/],
  ['a table', 'date,visits,orders\n2026-11-01,1500,12\n', /no line of it is a packet/],
  ['torch', '/tool torch interface=ether1\nSRC-ADDRESS DST-ADDRESS TX-RATE RX-RATE\n', /torch/],
  [
    'ping',
    'PING 192.0.2.1 1472(1500) bytes of data.\n1480 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=1 ms\n',
    /ping/,
  ],
  ['NUL', `abcd${'\0'.repeat(500)}`, /begins like text and is none|octets that no text has/],
] as const)('refused: %s', ([, text, says]) => {
  expect(() => judgedText(text)).toThrow(says);
});

test('hostile lines end in time: no line break, deep quoting, colours, brackets without end', () => {
  const start = '10:00:00.1 IP 192.0.2.7.1 > 198.51.100.9.2: ';
  for (const rest of [
    'Flags ['.padEnd(300_000, 'S'),
    '> '.repeat(150_000),
    '\u001b[31m'.repeat(50_000),
    '(tos '.repeat(60_000),
    'IP 1.1.1.1 > 2.2.2.2: '.repeat(10_000),
    'GRE'.repeat(90_000),
    '&lt;'.repeat(70_000),
    '0000 '.repeat(60_000),
    '{1:2}'.repeat(60_000),
  ]) {
    const text = `${hole}${rest}\n${start}${rest}\n`;
    expect(judgedText(text, 65_536).verdict).toBe('black-hole-suspected');
  }
});
