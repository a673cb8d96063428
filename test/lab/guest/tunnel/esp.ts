import type { Scenario } from '../../scenario.js';
import { xfrmAlgorithms } from '../../suites.js';
import { AF, address, bindTo, openSocket, SOCK, setInt } from '../libc.js';
import type { End } from './tunnel.js';

const SPI = { gw1: '0xc3a10101', gw2: '0xc7b20202' } as const;

/** The two security associations, the same lines at both ends. `words`: mode and marks. */
export function states(scenario: Scenario, [one, two]: readonly [End, End], words: string): string[] {
  const any = one.outer === 4 ? '0.0.0.0' : '::';
  const natT = scenario.natT ? `encap espinudp 4500 4500 ${any}` : '';
  const algorithms = xfrmAlgorithms(scenario.suite ?? 'aes256-cbc/sha256-128');
  return [one, two].map(
    ({ node, local, remote }) =>
      `xfrm state add src ${local} dst ${remote} proto esp spi ${SPI[node]} reqid 7 ${algorithms} ${natT} ${words}`,
  );
}

/** One policy per direction. A selector is written as seen by packets that leave this end. */
export function policies({ local, remote }: End, mode: string, out: string, back: string, words = ''): string[] {
  const template = (from: string, to: string): string => `tmpl src ${from} dst ${to} proto esp reqid 7 mode ${mode}`;
  return [
    `xfrm policy add ${out} dir out ${words} ${template(local, remote)}`,
    ...['in', 'fwd'].map((dir) => `xfrm policy add ${back} dir ${dir} ${words} ${template(remote, local)}`),
  ];
}

const SOL_UDP = 17;
const UDP_ENCAP = 100;
const UDP_ENCAP_ESPINUDP = 2;
const IPPROTO_IPV6 = 41;
const IPV6_V6ONLY = 26;

/** The socket that takes UDP 4500 and hands ESP to the kernel, as an IKE daemon would hold it. Kept open. */
export function encapSocket({ node, outer }: End): number {
  const fd = openSocket(node, outer === 4 ? AF.INET : AF.INET6, SOCK.DGRAM, 0);
  setInt(fd, SOL_UDP, UDP_ENCAP, UDP_ENCAP_ESPINUDP);
  if (outer === 6) setInt(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  bindTo(fd, address(Buffer.alloc(outer === 4 ? 4 : 16), 4500));
  return fd;
}
