import type { TextForm } from '../form.js';
import { type Field, packetOfFields } from './fields.js';

const START = /^\s{0,8}Frame \d{1,8}:? [^\n]*\d+ bytes on wire/;

/** What Wireshark's details print, and the name of that field. */
const rows: readonly (readonly [RegExp, string])[] = [
  [/^Internet Protocol Version 4\b/, 'ip.version'],
  [/^Internet Protocol Version 6\b/, 'ipv6.version'],
  [/^Arrival Time: (.{10,60})$/, 'frame.time'],
  [/^(?:UTC Arrival Time: .*|Epoch (?:Time|Arrival Time): (\d{1,10}\.\d{1,9}))/, 'frame.time_epoch'],
  [/^Interface name: (\S{1,40})/, 'frame.interface_name'],
  [/^Interface index: (\d{1,6})/, 'sll.ifindex'],
  [/^Packet type: [^()]{1,40}\((\d)\)/, 'sll.pkttype'],
  [/^Interface id: (\d{1,4})/, 'frame.interface_id'],
  [/^Total Length: (\d{1,5})/, 'ip.len'],
  [/^Identification: (0x[0-9a-f]{1,4})/i, 'ip.id'],
  [/^[01.]{1,4} ?[.]{0,4} = Don'?t fragment: (Set|Not set)/i, 'ip.flags.df'],
  [/^[01.]{1,4} ?[.]{0,4} = More fragments: (Set|Not set)/i, 'ip.flags.mf'],
  [/^(?:[01. ]{8,24} = )?Fragment [Oo]ffset: (\d{1,5})/, 'ip.frag_octets'],
  [/^Time to [Ll]ive: (\d{1,3})/, 'ip.ttl'],
  [/^Protocol: [^()]{1,60}\((\d{1,3})\)/, 'ip.proto'],
  [/^Payload [Ll]ength: (\d{1,5})/, 'ipv6.plen'],
  [/^Next [Hh]eader: [^()]{1,60}\((\d{1,3})\)/, 'ipv6.nxt'],
  [/^Hop [Ll]imit: (\d{1,3})/, 'ipv6.hlim'],
  [/^Sequence Number \(raw\): (\d{1,10})/i, 'tcp.seq_raw'],
  [/^Sequence Number: (\d{1,10})/i, 'tcp.seq'],
  [/^Acknowledgment Number \(raw\): (\d{1,10})/i, 'tcp.ack_raw'],
  [/^Acknowledgment Number: (\d{1,10})/i, 'tcp.ack'],
  [/^\[TCP Segment Len: (\d{1,6})\]/, 'tcp.len'],
  [/^(?:[01.]{4} [.]{4} = )?Header Length: (\d{1,2}) bytes \(\d{1,2}\)/, 'tcp.hdr_len'],
  [/^Flags: (0x[0-9a-f]{3}) \(/, 'tcp.flags'],
  [/^Window(?: size value)?: (\d{1,5})/, 'tcp.window_size_value'],
  [/^MSS Value: (\d{1,5})/, 'tcp.options.mss_val'],
  [/^Shift count: (\d{1,2})/, 'tcp.options.wscale.shift'],
  [/^Timestamp value: (\d{1,10})/, 'tcp.options.timestamp.tsval'],
  [/^Timestamp echo reply: (\d{1,10})/, 'tcp.options.timestamp.tsecr'],
  [/^left edge = (\d{1,10})/, 'tcp.options.sack_le'],
  [/^right edge = (\d{1,10})/, 'tcp.options.sack_re'],
  [/^TCP Option - SACK permitted/, 'tcp.options.sack_perm'],
  [/^Length: (\d{1,5})(?: \(|$)/, 'udp.length'],
  [/^ESP SPI: (0x[0-9a-f]{1,8})/i, 'esp.spi'],
  [/^ESP Sequence: (\d{1,10})/, 'esp.sequence'],
  [/^(?:Next-Hop MTU|MTU of next hop): (\d{1,5})/i, 'icmp.mtu'],
  [/^MTU: (\d{1,10})/, 'icmpv6.mtu'],
];

/** `Packet details` of Wireshark, and `tshark -V`: the same fields by the words of the window. */
export const wiresharkDetails: TextForm = {
  id: 'wireshark-details',
  title: 'Wireshark packet details',
  manual: 'Wireshark User Guide, Export of packet dissections',
  tall: true,
  start: (line) => (START.test(line) ? { time: null, device: null, way: null, ordinal: null, body: line } : null),
  read(_, lines, line) {
    const fields: Field[] = [['frame.number', '0']];
    let upper = '';
    for (const one of lines) {
      const text = one.trim();
      const transport =
        /^(Transmission Control|User Datagram|Internet Control Message|Encapsulating Security)\b.*?(?:$|v6)/.exec(text);
      if (transport)
        upper = text.includes('v6') ? 'icmpv6' : ({ T: 'tcp', U: 'udp', I: 'icmp', E: 'esp' }[text[0] as 'T'] ?? '');
      fieldsOf(text, upper, fields);
    }
    return packetOfFields(fields, line);
  },
};

function fieldsOf(text: string, upper: string, fields: Field[]): void {
  const address = /^(Source|Destination)(?: Address)?: (?:\S{1,80} \()?([0-9a-f.:]{2,45})\)?$/i.exec(text);
  const last = fields.findLast(([name]) => name === 'ip.version' || name === 'ipv6.version');
  if (address && last && (address[2] as string).match(/^[0-9a-f:]{17}$/i) === null) {
    const part = (address[1] as string).toLowerCase() === 'source' ? 'src' : 'dst';
    fields.push([`${last[0].replace('.version', '')}.${part}`, address[2] as string]);
  }
  // The heading itself names both, where the header is not unfolded.
  const heading =
    /^Internet Protocol Version ([46]), Src: (?:\S{1,80} \()?([0-9a-f.:]{2,45})\)?, Dst: (?:\S{1,80} \()?([0-9a-f.:]{2,45})\)?/i.exec(
      text,
    );
  const port = /^(Source|Destination) [Pp]ort: (?:[^()]{1,40}\()?(\d{1,5})/.exec(text);
  if (port && (upper === 'tcp' || upper === 'udp'))
    fields.push([`${upper}.${port[1] === 'Source' ? 'srcport' : 'dstport'}`, port[2] as string]);
  const icmp = /^(Type|Code): (?:[^()]{1,60}\()?(\d{1,3})/.exec(text);
  if (icmp && upper.startsWith('icmp'))
    fields.push([`${upper}.${(icmp[1] as string).toLowerCase()}`, icmp[2] as string]);
  for (const [pattern, name] of rows) {
    const found = pattern.exec(text);
    if (!found) continue;
    if (name === 'udp.length' && upper !== 'udp') return;
    fields.push([name, found[1] ?? '1']);
    if (heading) {
      const kind = heading[1] === '4' ? 'ip' : 'ipv6';
      fields.push([`${kind}.src`, heading[2] as string], [`${kind}.dst`, heading[3] as string]);
    }
    return;
  }
}
