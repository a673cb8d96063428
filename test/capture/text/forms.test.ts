import { expect, test } from 'vitest';
import { textForms } from '../../../src/capture/text/forms/index.js';
import { Gatherer } from '../../../src/capture/text/gather.js';
import type { PrintedPacket } from '../../../src/capture/text/printed.js';
import { data, formRows } from './rows.js';

const gathered = (text: string): PrintedPacket[] => {
  const packets: PrintedPacket[] = [];
  const gatherer = new Gatherer(({ packet }) => packets.push(packet));
  for (const line of text.split('\n')) gatherer.line(line);
  gatherer.flush();
  return packets;
};

test.for(formRows)('$name', ({ text, first }) => {
  const packets = gathered(text);
  expect(packets).toHaveLength(1);
  expect(packets[0]).toMatchObject(first);
});

test('every form is tried by a row, or holds fields by name', () => {
  const byName = ['tshark-json', 'pdml', 'wireshark-details'];
  const tried = new Set(
    formRows.flatMap(({ text }) =>
      textForms.filter((form) => text.split('\n').some((line) => form.start(line))).map(({ id }) => id),
    ),
  );
  expect(textForms.map(({ id }) => id as string).filter((id) => !tried.has(id) && !byName.includes(id))).toEqual([]);
});

test('fields by name: JSON, PDML and details say the same', () => {
  const fields = [
    ['frame.time_epoch', '1795242318.25'],
    ['ip.version', '4'],
    ['ip.len', '1500'],
    ['ip.id', '0x004d'],
    ['ip.flags.df', '1'],
    ['ip.ttl', '63'],
    ['ip.proto', '6'],
    ['ip.src', '192.0.2.7'],
    ['ip.dst', '198.51.100.9'],
    ['tcp.srcport', '40000'],
    ['tcp.dstport', '443'],
    ['tcp.len', '1448'],
    ['tcp.seq_raw', '1'],
    ['tcp.ack_raw', '1'],
    ['tcp.hdr_len', '32'],
    ['tcp.flags', '0x0018'],
    ['tcp.window_size_value', '502'],
  ];
  const json = ['  "layers": {', ...fields.map(([name, value]) => `    "${name}": "${value}",`)].join('\n');
  const xml = [
    '<packet>',
    ...fields.map(([name, value]) => `<field name="${name}" showname="x" show="${value}" value="00"/>`),
  ].join('\n');
  const details = `Frame 4: 1514 bytes on wire (12112 bits), 128 bytes captured (1024 bits)
    Arrival Time: Nov 21, 2026 06:25:18.250000000 UTC
Internet Protocol Version 4, Src: 192.0.2.7, Dst: 198.51.100.9
    Total Length: 1500
    Identification: 0x004d (77)
        .1.. .... = Don't fragment: Set
    Time to Live: 63
    Protocol: TCP (6)
Transmission Control Protocol, Src Port: 40000, Dst Port: 443
    Source Port: 40000
    Destination Port: 443
    [TCP Segment Len: 1448]
    Sequence Number (raw): 1
    Acknowledgment number (raw): 1
    1000 .... = Header Length: 32 bytes (8)
    Flags: 0x018 (PSH, ACK)
    Window: 502`;
  const expected = { ...data, time: 1795242318.25, ipLength: 1500, id: 77, df: true, ttl: 63 };
  for (const text of [json, xml, details]) expect(gathered(text)[0], text.slice(0, 20)).toMatchObject(expected);
});
