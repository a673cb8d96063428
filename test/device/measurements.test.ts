import { expect, test } from 'vitest';
import { importPaste } from '../../src/device/import-paste.js';
import { catalogue } from '../../src/io/catalogue.js';

const read = (text: string, overrides = {}) => importPaste(text, catalogue, { from: 'paste', overrides });
const nothing = { arrived: null, refused: null, ptb: null };

/** Each spelling of ping and its kin: what it proves of the path, and what it does not. */
const rows: readonly (readonly [string, string, Record<string, unknown> | null])[] = [
  [
    'Linux: answered with DF',
    '$ ping -M do -s 1394 192.0.2.77\nPING 192.0.2.77 (192.0.2.77) 1394(1422) bytes of data.\n1402 bytes from 192.0.2.77: icmp_seq=1 ttl=62 time=9 ms\n',
    { to: '192.0.2.77', arrived: 1422, refused: null, ptb: null },
  ],
  [
    'Linux: the same without -M do proves nothing',
    '$ ping -s 1394 192.0.2.77\nPING 192.0.2.77 (192.0.2.77) 1394(1422) bytes of data.\n1402 bytes from 192.0.2.77: icmp_seq=1 ttl=62 time=9 ms\n',
    null,
  ],
  [
    'Linux: no command line, but a router refuses',
    'PING 192.0.2.77 (192.0.2.77) 1472(1500) bytes of data.\nFrom 10.9.0.1 icmp_seq=1 Frag needed and DF set (mtu = 1438)\n',
    { to: '192.0.2.77', refused: 1500, ptb: 1438, by: '10.9.0.1' },
  ],
  [
    'Linux: an old router leaves the MTU 0',
    '$ ping -M do -s 1472 192.0.2.77\nPING 192.0.2.77 (192.0.2.77) 1472(1500) bytes of data.\nFrom 10.9.0.1 icmp_seq=1 Frag needed and DF set (mtu = 0)\n',
    { refused: 1500, ptb: null },
  ],
  [
    'Linux IPv6: 48 octets of headers',
    '$ ping -6 -M do -s 1352 2001:db8::77\nPING 2001:db8::77(2001:db8::77) 1352 data bytes\n1360 bytes from 2001:db8::77: icmp_seq=1 ttl=62 time=9 ms\n',
    { to: '2001:db8::77', arrived: 1400 },
  ],
  [
    "macOS: -D is DF, and the size of the error is not the packet's",
    '% ping -D -s 1472 192.0.2.77\nPING 192.0.2.77 (192.0.2.77): 1472 data bytes\n36 bytes from 10.9.0.1: frag needed and DF set (MTU 1420)\n',
    { refused: 1500, ptb: 1420, by: '10.9.0.1' },
  ],
  [
    'Linux: -D prints times and sets no DF',
    '$ ping -D -s 1372 192.0.2.77\nPING 192.0.2.77 (192.0.2.77) 1372(1400) bytes of data.\n1380 bytes from 192.0.2.77: icmp_seq=1 ttl=62 time=9 ms\n',
    null,
  ],
  [
    'Windows in French: the own host refuses',
    "C:\\>ping 192.0.2.77 -f -l 1472\n\nEnvoi d’une requête 'Ping'  192.0.2.77 avec 1472 octets de données :\nLe paquet doit être fragmenté mais paramétré DF.\n",
    { refused: 1500, by: null },
  ],
  [
    'Windows in Spanish: answered',
    'C:\\>ping -f -l 1372 192.0.2.77\n\nHaciendo ping a 192.0.2.77 con 1372 bytes de datos:\nRespuesta desde 192.0.2.77: bytes=1372 tiempo=9ms TTL=62\n',
    { arrived: 1400 },
  ],
  [
    'Windows: silence is no refusal',
    'C:\\>ping 192.0.2.77 -f -l 1472\n\nPinging 192.0.2.77 with 1472 bytes of data:\nRequest timed out.\n',
    null,
  ],
  [
    'RouterOS: size is the whole packet',
    '[admin@gw] > ping 192.0.2.77 size=1438 do-not-fragment\n  SEQ HOST            SIZE TTL TIME       STATUS\n    0 192.0.2.77      1438  62 9ms123us\n',
    { to: '192.0.2.77', arrived: 1438 },
  ],
  [
    'RouterOS: without do-not-fragment nothing',
    '[admin@gw] > ping 192.0.2.77 size=1438\n  SEQ HOST            SIZE TTL TIME       STATUS\n    0 192.0.2.77      1438  62 9ms123us\n',
    null,
  ],
  [
    'IOS: M is a refusal, . is none',
    'R1#ping 192.0.2.77 size 1450 df-bit\nSending 5, 1450-byte ICMP Echos to 192.0.2.77, timeout is 2 seconds:\nPacket sent with the DF bit set\nM.M.M\n',
    { refused: 1450, arrived: null },
  ],
  [
    'Junos: the data alone, with DF by word',
    'admin@gw> ping 192.0.2.77 size 1372 do-not-fragment count 1\nPING 192.0.2.77 (192.0.2.77): 1372 data bytes\n1380 bytes from 192.0.2.77: icmp_seq=0 ttl=62 time=9.1 ms\n',
    { arrived: 1400 },
  ],
  [
    'an answer of another host is no answer',
    '$ ping -M do -s 1394 192.0.2.77\nPING 192.0.2.77 (192.0.2.77) 1394(1422) bytes of data.\n1402 bytes from 203.0.113.5: icmp_seq=1 ttl=62 time=9 ms\n',
    null,
  ],
  [
    'tracepath: the hop of its line named it',
    '$ tracepath -n 192.0.2.77\n 1?: [LOCALHOST]                      pmtu 1500\n 1:  10.9.0.1      0.3ms\n 2:  10.9.8.1      1.3ms pmtu 1438\n 3:  192.0.2.77    9.3ms reached\n     Resume: pmtu 1438 hops 3 back 3\n',
    { to: '192.0.2.77', arrived: 1438, refused: 1500, ptb: 1438, by: '10.9.8.1' },
  ],
  [
    'traceroute --mtu',
    'traceroute to 192.0.2.77 (192.0.2.77), 30 hops max, 65000 byte packets\n 1  10.9.0.1 (10.9.0.1)  F=1500 0.3 ms\n 2  10.9.8.1 (10.9.8.1)  F=1438 1.3 ms\n 3  192.0.2.77 (192.0.2.77)  9.3 ms\n',
    { to: '192.0.2.77', arrived: 1438, ptb: 1438 },
  ],
  [
    'ip route get: what expires was learned',
    '192.0.2.77 via 10.9.0.1 dev eth0 src 10.9.0.5 uid 0\n    cache expires 300sec mtu 1438\n',
    { to: '192.0.2.77', ptb: 1438 },
  ],
  [
    'Linux in German: answered',
    '$ ping -M do -s 1372 192.0.2.77\nPING 192.0.2.77 (192.0.2.77) 1372(1400) Bytes an Daten.\n1380 Bytes von 192.0.2.77: icmp_seq=1 ttl=62 Zeit=9 ms\n',
    { to: '192.0.2.77', arrived: 1400, refused: null },
  ],
  [
    'Linux in Japanese: answered, the octets behind the address',
    '$ ping -M do -s 1372 192.0.2.77\nPING 192.0.2.77 (192.0.2.77) 1372(1400) バイトのデータ\n192.0.2.77 からの応答 1380 バイト: icmp_seq=1 ttl=62 時間=9 ms\n',
    { to: '192.0.2.77', arrived: 1400 },
  ],
  [
    'Linux in German: another size is not what was asked',
    '$ ping -M do -s 1372 192.0.2.77\nPING 192.0.2.77 (192.0.2.77) 1372(1400) Bytes an Daten.\n76 Bytes von 192.0.2.77: icmp_seq=1 ttl=62 (gekürzt)\n',
    null,
  ],
  [
    'Linux in German: an error of another kind is no refusal',
    '$ ping -M do -s 1372 192.0.2.77\nPING 192.0.2.77 (192.0.2.77) 1372(1400) Bytes an Daten.\nVon 10.9.0.1 icmp_seq=1 Zielhost nicht erreichbar\n',
    null,
  ],
  [
    'Linux in French: the own host refuses',
    '$ ping -M do -s 1472 192.0.2.77\nPING 192.0.2.77 (192.0.2.77) 1472(1500) octets de données.\nping: erreur locale : message trop long, mtu=1492\n',
    { refused: 1500, ptb: 1492, by: null },
  ],
  [
    'Linux in Spanish: a router refuses',
    '$ ping -M do -s 1472 192.0.2.77\nPING 192.0.2.77 (192.0.2.77) 1472(1500) bytes de datos.\nDesde 10.9.0.1 icmp_seq=1 Es necesario fragmentar (mtu = 1438)\n',
    { refused: 1500, ptb: 1438, by: '10.9.0.1' },
  ],
  [
    'Linux: a mail program broke the line before the MTU, and made dashes of the hyphens',
    '> $ ping \u2013M do \u2013s 1472 192.0.2.77\n> PING 192.0.2.77 (192.0.2.77) 1472(1500) bytes of data.\n> From 10.9.0.1 icmp_seq=1 Frag needed and DF set (mtu =\n> 1438)\n',
    { refused: 1500, ptb: 1438, by: '10.9.0.1' },
  ],
  [
    'Junos: rapid prints signs only',
    'admin@gw> ping 192.0.2.77 size 1372 do-not-fragment rapid\nPING 192.0.2.77 (192.0.2.77): 1372 data bytes\n!!!!!\n',
    { arrived: 1400 },
  ],
  [
    'Junos: rapid without do-not-fragment',
    'admin@gw> ping 192.0.2.77 size 1372 rapid\nPING 192.0.2.77 (192.0.2.77): 1372 data bytes\n!!!!!\n',
    null,
  ],
  [
    'Junos: rapid, all lost',
    'admin@gw> ping 192.0.2.77 size 1372 do-not-fragment rapid\nPING 192.0.2.77 (192.0.2.77): 1372 data bytes\n.....\n',
    null,
  ],
  [
    'macOS: a sweep of sizes',
    '% ping -D -g 1400 -G 1440 -h 20 192.0.2.77\nPING 192.0.2.77 (192.0.2.77): (1400 ... 1440) data bytes\n1408 bytes from 192.0.2.77: icmp_seq=0 ttl=62 time=9 ms\n1428 bytes from 192.0.2.77: icmp_seq=1 ttl=62 time=9 ms\nRequest timeout for icmp_seq 2\n',
    { to: '192.0.2.77', arrived: 1448, refused: null },
  ],
  [
    'IOS: a sweep of sizes, one sign each',
    'R1#ping\nSending 13, [1430..1442]-byte ICMP Echos to 192.0.2.77, timeout is 1 seconds:\nPacket sent with the DF bit set\n!!!!!!!!!MMMM\n',
    { to: '192.0.2.77', arrived: 1438, refused: 1439 },
  ],
  [
    'IOS: a sweep whose signs are not all there',
    'R1#ping\nSending 13, [1430..1442]-byte ICMP Echos to 192.0.2.77, timeout is 1 seconds:\nPacket sent with the DF bit set\n!!!!!!!!\n',
    null,
  ],
  [
    'ss: a path MTU below the own link was learned',
    'ESTAB 0 0 10.9.0.5:40000 192.0.2.77:443\n\t cubic wscale:7,7 rto:204 mss:1386 pmtu:1438 rcvmss:536 advmss:1448 cwnd:10\n',
    { to: '192.0.2.77', ptb: 1438 },
  ],
  [
    "ss: the own link's MTU says nothing",
    'ESTAB 0 0 10.9.0.5:40000 192.0.2.77:443\n\t cubic wscale:7,7 rto:204 mss:1448 pmtu:1488 rcvmss:536 advmss:1448 cwnd:10\n',
    null,
  ],
  [
    'OpenVPN: the outside learned it',
    '2026-01-15 21:48:03 read UDPv4 [EMSGSIZE Path-MTU=1312]: Message too long (fd=3,code=90)\n',
    { to: null, ptb: 1312 },
  ],
  [
    'fping: refused by a router, the size from the command line',
    '$ fping -M -b 1472 -c 2 192.0.2.77\nICMP Unreachable (Fragmentation Needed) from 10.9.0.1 for ICMP Echo sent to 192.0.2.77\n192.0.2.77 : [0], timed out (NaN avg, 100% loss)\n\n192.0.2.77 : xmt/rcv/%loss = 2/0/100%\n',
    { to: '192.0.2.77', arrived: null, refused: 1500, by: '10.9.0.1' },
  ],
  [
    'fping: refused by the own host',
    '$ fping -M -b 1472 192.0.2.77\n192.0.2.77: error while sending ping: Message too long\n192.0.2.77 is unreachable\n',
    { refused: 1500, by: null },
  ],
  [
    'fping: answered, the octets of the ICMP message',
    '$ fping -M -b 1372 -c 1 192.0.2.77\n192.0.2.77 : [0], 1380 bytes, 0.077 ms (0.077 avg, 0% loss)\n\n192.0.2.77 : xmt/rcv/%loss = 1/1/0%, min/avg/max = 0.077/0.077/0.077\n',
    { to: '192.0.2.77', arrived: 1400, refused: null },
  ],
  ['fping: alive', '$ fping -M -b 1372 192.0.2.77\n192.0.2.77 is alive\n', { to: '192.0.2.77', arrived: 1400 }],
  ['fping: -C', '$ fping -M -b 1372 -C 2 192.0.2.77\n192.0.2.77 : 0.036 -\n', { arrived: 1400 }],
  ['fping: without -M', '$ fping -b 1372 192.0.2.77\n192.0.2.77 is alive\n', null],
  ['fping: silence', '$ fping -M -b 1372 -C 2 192.0.2.77\n192.0.2.77 : - -\n', null],
  [
    'hping3: refused',
    '# hping3 -1 -c 2 -y -d 1472 192.0.2.77\nHPING 192.0.2.77 (eth0 192.0.2.77): icmp mode set, 28 headers + 1472 data bytes\nICMP Fragmentation Needed/DF set from ip=10.9.0.1 get hostname...               name=UNKNOWN\n',
    { to: '192.0.2.77', arrived: null, refused: 1500, by: '10.9.0.1' },
  ],
  [
    'hping3: answered',
    '# hping3 -S -c 1 -y -d 1360 -p 443 192.0.2.77\nHPING 192.0.2.77 (eth0 192.0.2.77): S set, 40 headers + 1360 data bytes\nlen=40 ip=192.0.2.77 ttl=62 DF id=0 sport=443 flags=SA seq=0 win=64240 rtt=0.3 ms\n',
    { to: '192.0.2.77', arrived: 1400, refused: null },
  ],
  [
    'hping3: without -y its packets may be cut on the way',
    '# hping3 -1 -c 1 -d 1472 192.0.2.77\nHPING 192.0.2.77 (eth0 192.0.2.77): icmp mode set, 28 headers + 1472 data bytes\nlen=1500 ip=192.0.2.77 ttl=62 id=28962 icmp_seq=0 rtt=1.0 ms\n',
    null,
  ],
  [
    'nmap: exactly',
    'Nmap scan report for host.example (192.0.2.77)\nHost is up (0.01s latency).\n\nHost script results:\n|_path-mtu: PMTU == 1438\n',
    { to: '192.0.2.77', arrived: 1438, refused: null },
  ],
  [
    'nmap: between two plateaus, where silence is no refusal',
    'Nmap scan report for 192.0.2.77\nHost script results:\n|_path-mtu: 1006 <= PMTU < 1492\n',
    { to: '192.0.2.77', arrived: 1006, refused: null, ptb: null },
  ],
  [
    'scamper: named by the hop before',
    'traceroute from 192.0.2.2 to 192.0.2.77\n 1  10.9.0.1  0.026 ms [mtu: 1500]\n 2  10.9.8.1  0.038 ms [mtu: 1400]\n 3  192.0.2.77  0.049 ms [mtu: 1400]\n',
    { to: '192.0.2.77', arrived: 1400, refused: 1500, ptb: 1400, by: '10.9.0.1' },
  ],
  [
    'scamper: searched for, and named by nobody',
    'traceroute from 192.0.2.2 to 192.0.2.77\n 1  10.9.0.1  0.026 ms [mtu: 1500]\n 2  192.0.2.77  0.049 ms [*mtu: 1400]\n',
    { to: '192.0.2.77', arrived: 1400, refused: null, ptb: null },
  ],
  [
    'traceroute --mtu: the router in front of the hop that answered',
    'traceroute to 192.0.2.77 (192.0.2.77), 30 hops max, 65000 byte packets\n 1  10.9.0.1  0.024 ms F=1500  0.002 ms  0.002 ms\n 2  10.9.8.1  0.010 ms F=1400  0.003 ms  0.002 ms\n 3  192.0.2.77  0.010 ms  0.003 ms  0.003 ms\n',
    { to: '192.0.2.77', arrived: 1400, refused: 1500, ptb: 1400, by: '10.9.0.1' },
  ],
  [
    'traceroute --mtu: where that one is silent nobody is named',
    'traceroute to 192.0.2.77 (192.0.2.77), 30 hops max, 65000 byte packets\n 1  10.9.0.1  0.024 ms F=1500  0.002 ms  0.002 ms\n 2  * * *\n 3  192.0.2.77  0.010 ms F=1400  0.003 ms  0.003 ms\n',
    { ptb: 1400, by: null },
  ],
  [
    'traceroute --mtu: beside a hop that keeps silent the MTU counts as well',
    'traceroute to 192.0.2.77 (192.0.2.77), 30 hops max, 65000 byte packets\n 1  10.9.0.1  0.024 ms F=1500  0.002 ms  0.002 ms\n 2  * F=1422 * *\n 3  192.0.2.77  0.010 ms  0.003 ms  0.003 ms\n',
    { to: '192.0.2.77', arrived: 1422, refused: 1500, ptb: 1422, by: '10.9.0.1' },
  ],
];

test.for(rows)('%s', ([, text, wanted]) => {
  const { measurements, findings } = read(text);
  if (wanted === null) {
    for (const one of measurements) expect(one).toMatchObject(nothing);
    expect(findings.map(({ code }) => code)).not.toContain('path-measured');
  } else expect(measurements).toEqual([expect.objectContaining(wanted)]);
});

test('measured against what is described beside it, on both sides', () => {
  const text = (size: number): string =>
    `$ ping -M do -s ${size - 28} 192.0.2.77\nPING 192.0.2.77 (192.0.2.77) ${size - 28}(${size}) bytes of data.\n${size - 20} bytes from 192.0.2.77: icmp_seq=1 ttl=62 time=9 ms\n`;
  const codes = (paste: string): string[] =>
    read(paste, { cipher: 'aes256-sha256', natT: false, linkMtu: 1500 }).findings.map(({ code }) => code);
  expect(codes(text(1438))).toEqual(['path-measured', 'measured-agrees']);
  expect(codes(text(1439))).toEqual(['path-measured', 'measured-above']);
  expect(codes(text(1437))).toEqual(['path-measured']);
  const refused =
    'PING 192.0.2.77 (192.0.2.77) 1410(1438) bytes of data.\nFrom 10.9.0.1 icmp_seq=1 Frag needed and DF set (mtu = 1430)\n';
  expect(codes(refused)).toEqual(['path-measured', 'measured-below']);
});
