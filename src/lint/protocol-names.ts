import { wordTable } from '../word-table.js';

/** Numbers and other names of protocols, as the conditions of rules name them. */
export const protocolNames: Readonly<Record<string, string>> = wordTable({
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '50': 'esp',
  '58': 'icmpv6',
  'ipv6-icmp': 'icmpv6',
  icmp6: 'icmpv6',
});
