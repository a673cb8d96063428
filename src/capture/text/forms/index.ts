import type { TextForm } from '../form.js';
import { fortigate } from './fortigate.js';
import { pdml } from './pdml.js';
import { pktmon } from './pktmon.js';
import { routerosSniffer } from './routeros-sniffer.js';
import { tcpdump } from './tcpdump.js';
import { tsharkJson } from './tshark-json.js';
import { wiresharkDetails } from './wireshark-details.js';
import { wiresharkLines } from './wireshark-lines.js';

/** The registry; the first that takes a line has it, so that the narrower stand before the wider. */
export const textForms = [
  pktmon,
  tsharkJson,
  pdml,
  wiresharkDetails,
  fortigate,
  routerosSniffer,
  wiresharkLines,
  tcpdump,
] as const satisfies readonly TextForm[];
