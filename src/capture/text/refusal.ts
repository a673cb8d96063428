import { MtucalcError } from '../../error.js';

const hint =
  'pcap, pcapng and what tcpdump, tshark and others print are read; record with: tcpdump -i IFACE -s 128 -w FILE';

/** Texts that are known and hold no packets, and what to record instead. */
const known: readonly { readonly pattern: RegExp; readonly says: string; readonly cure: string }[] = [
  {
    pattern: /\bTX-RATE|\btx-rate\b|TX-PACKETS|\/tool[ /]torch/i,
    says: 'this is RouterOS torch: rates, and no packets',
    cure: 'record with: /tool sniffer quick, or /tool sniffer save as a file',
  },
  {
    pattern: /^(?:\d+ )?packets? captured|listening on \S+, link-type/m,
    says: 'tcpdump printed no packet here',
    cure: 'record with: tcpdump -nnv -i IFACE',
  },
  {
    pattern: /bytes from .*(?:icmp_seq|ttl)|Pinging \S+ .*with \d+ bytes|^\s*SEQ HOST/im,
    says: 'this is the output of ping: it measures, and shows no packets',
    cure: 'mtucalc import reads it',
  },
  {
    pattern: /^\s*[ -]*(?:proto esp|src \S+ dst \S+)|ESP:\w|crypto ipsec sa|\/ip\/?\s?ipsec/im,
    says: 'this is what a device prints of its tunnels, and no capture',
    cure: 'mtucalc import reads it',
  },
  {
    pattern: /\b\d{1,3}(?:\.\d{1,3}){3}(?:[.:]\w+)?\s*(?:>|->|→)\s*\d{1,3}(?:\.\d{1,3}){3}/,
    says: 'these look like lines of packets, but none has the sizes or numbers that are needed',
    cure: 'record with: tcpdump -nnv -i IFACE, or tcpdump -i IFACE -s 128 -w FILE',
  },
];

/** Why a text without a packet is refused: what it was recognised as, or how it begins. */
export function refusalOf(lines: readonly string[], odd: number): MtucalcError {
  const text = lines.join('\n');
  if (text.trim() === '') return new MtucalcError('not-a-capture', 'this is no capture: the text is empty', hint);
  if (odd > 0) return new MtucalcError('not-a-capture', 'this is no capture: it holds octets that no text has', hint);
  const found = known.find(({ pattern }) => pattern.test(text));
  if (found) return new MtucalcError('not-a-capture', found.says, found.cure);
  const start = text
    .trim()
    .slice(0, 24)
    .replace(/\s+/g, ' ')
    .replace(/[^ -~]/g, '.');
  return new MtucalcError(
    'not-a-capture',
    `this is no capture: it begins like text, '${start}', and no line of it is a packet`,
    hint,
  );
}
