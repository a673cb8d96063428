import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { upload } from '../capture/text/read.js';

const folder = mkdtempSync(join(tmpdir(), 'mtucalc-story-'));
const kept = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** What a person with a broken tunnel has at hand, each as a file. */
export const things: Readonly<Record<string, string>> = {
  'export.rsc': kept(
    'export.rsc',
    `# RouterOS 7.15
/interface pppoe-client
add add-default-route=yes disabled=no interface=ether1 name=pppoe-out1 user=u
/ip ipsec profile
set [ find default=yes ] nat-traversal=no
/ip ipsec peer
add address=198.51.100.2/32 name=hq
/ip ipsec proposal
set [ find default=yes ] auth-algorithms=sha256 enc-algorithms=aes-256-cbc
/ip ipsec policy
add dst-address=10.2.0.0/24 peer=hq src-address=10.1.0.0/24 tunnel=yes
/ip firewall mangle
add action=change-mss chain=forward new-mss=1440 out-interface=pppoe-out1 protocol=tcp tcp-flags=syn
/ip firewall filter
add action=fasttrack-connection chain=forward connection-state=established,related
add action=accept chain=forward ipsec-policy=in,ipsec
`,
  ),
  'dump.txt': kept('dump.txt', upload({ times: 5, answered: false })),
  'fine.txt': kept('fine.txt', upload({ times: 0, answered: true })),
  'ping.txt': kept(
    'ping.txt',
    '$ ping -M do -s 1472 10.2.0.2\nPING 10.2.0.2 (10.2.0.2) 1472(1500) bytes of data.\nFrom 10.1.0.1 icmp_seq=1 Frag needed and DF set (mtu = 1400)\n',
  ),
  'wg0.conf': kept(
    'wg0.conf',
    '[Interface]\nMTU = 1420\n[Peer]\nEndpoint = vpn.example.net:51820\nAllowedIPs = 0.0.0.0/0\n',
  ),
  'sa.txt': kept(
    'sa.txt',
    'src 192.0.2.1 dst 198.51.100.2\n\tproto esp spi 0xc1880d9a reqid 1 mode tunnel\n\tauth-trunc hmac(sha256) 0x0000000000000000000000000000000000000000000000000000000000000001 128\n\tenc cbc(aes) 0x0000000000000000000000000000000000000000000000000000000000000001\n',
  ),
  'rules.v4': kept(
    'rules.v4',
    '*mangle\n:FORWARD ACCEPT [0:0]\n-A FORWARD -o ipsec0 -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1382\nCOMMIT\n',
  ),
  'eoip.rsc': kept(
    'eoip.rsc',
    '# RouterOS 6.49\n/interface eoip\nadd ipsec-secret=x local-address=192.0.2.1 mtu=1500 name=eoip-hq remote-address=198.51.100.2 tunnel-id=0\n',
  ),
  'letter.txt': kept('letter.txt', 'The tunnel is slow since Monday. Any ideas?\n'),
};
