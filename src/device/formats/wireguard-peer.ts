import { type Association, blankAssociation, type Draft, familyOf, type Understood } from '../reading.js';
import { safeAddress } from '../secret.js';

/** One peer, of which nothing but its line is known yet. */
export function wireguardPeer(name: string, line: number): Draft<Association> {
  return { ...blankAssociation(line), kind: 'wireguard', protocol: 'wireguard', name };
}

/** An endpoint as `198.51.100.1:51820`, `[2001:db8::1]:51820` or a name. */
export function setEndpoint(peer: Draft<Association>, endpoint: string, understood: Understood[], line: number): void {
  const [, six, plain] = /^(?:\[([0-9a-f:.]+)(?:%\S+)?\]|([^\s:]+)):\d+$/i.exec(endpoint) ?? [];
  peer.destination = safeAddress(six ?? plain);
  peer.outer = familyOf(six ?? plain);
  understood.push({
    line,
    says: `endpoint over ${peer.outer === null ? 'a name, address family not known' : `IPv${peer.outer}`}`,
  });
}

export const peerRemarks = (peers: readonly Association[]): string[] =>
  peers.some(({ kind, outer }) => kind === 'wireguard' && outer === null)
    ? [
        'a peer without a literal endpoint address may be reached over IPv6: the smaller value counts (wg-quick itself subtracts 80)',
      ]
    : [];
