import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type LinkReading,
  type Understood,
} from './reading.js';
import { safe, safeAddress } from './secret.js';

/** `wg show`: interfaces, peers and their endpoints. Keys, public ones too, are read past. */
export const wgShow: DeviceFormat = {
  id: 'wg-show',
  title: 'wg show (WireGuard)',
  manual: 'wg(8)',
  recognise: ({ lines }) => {
    let places = 0;
    for (const { text } of lines)
      if (/^\s*(?:peer:\s+\S{40,}|interface:\s+\S+\s*$|latest handshake:|allowed ips:\s)/.test(text)) places++;
    return lines.some(({ text }) => /^\s*(?:peer:\s+\S{40,}|listening port:\s*\d|allowed ips:\s)/.test(text))
      ? places
      : 0;
  },
  parse: (paste) => {
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    let name = '';
    let started: number | undefined;
    for (const { text, number } of paste.lines) {
      const heading = /^\s*interface:\s+(\S{1,30})/.exec(text)?.[1];
      if (heading) {
        name = safe(heading, 30);
        started = number;
        understood.push({ line: number, says: `WireGuard interface ${name}` });
      }
      if (/^\s*peer:\s/.test(text)) associations.push(wireguardPeer(name, number));
      const endpoint = /^\s*endpoint:\s+(\S+)/.exec(text)?.[1];
      const last = associations.at(-1);
      if (endpoint && last) setEndpoint(last, endpoint, understood, number);
    }
    if (associations.length === 0 && started !== undefined) associations.push(wireguardPeer(name, started));
    return {
      format: wgShow.id,
      associations,
      links: [],
      defaultDevices: [],
      remarks: remarksOf(associations),
      understood,
    };
  },
};

/** wg-quick and `wg showconf` files: `[Interface]`, `[Peer]`, `Endpoint`, `MTU`. */
export const wgQuick: DeviceFormat = {
  id: 'wg-quick',
  title: 'wg-quick configuration (WireGuard)',
  manual: 'wg-quick(8)',
  recognise: ({ lines }) =>
    lines.filter(({ text }) => /^\s*(?:\[(?:Interface|Peer)\]|AllowedIPs\s*=|PrivateKey\s*=|PublicKey\s*=)/i.test(text))
      .length,
  parse: (paste) => {
    const associations: Draft<Association>[] = [];
    const links: LinkReading[] = [];
    const understood: Understood[] = [];
    let started: number | undefined;
    for (const { text, number } of paste.lines) {
      if (/^\s*\[Interface\]/i.test(text)) {
        started = number;
        understood.push({ line: number, says: '[Interface]' });
      }
      if (/^\s*\[Peer\]/i.test(text)) associations.push(wireguardPeer('', number));
      const [, key = '', value = ''] = /^\s*(Endpoint|MTU)\s*=\s*([^#]*?)\s*(?:#.*)?$/i.exec(text) ?? [];
      const last = associations.at(-1);
      if (/^endpoint$/i.test(key) && last) setEndpoint(last, value, understood, number);
      const mtu = Number(value);
      if (/^mtu$/i.test(key) && Number.isInteger(mtu) && mtu >= 68 && mtu <= 65535) {
        links.push({
          name: 'MTU =',
          role: 'tunnel',
          mtu,
          addresses: [],
          defaultRoute: false,
          ifId: null,
          up: true,
          line: number,
        });
        understood.push({ line: number, says: `MTU = ${mtu}` });
      }
    }
    if (associations.length === 0 && started !== undefined) associations.push(wireguardPeer('', started));
    return {
      format: wgQuick.id,
      associations,
      links,
      defaultDevices: [],
      remarks: remarksOf(associations),
      understood,
    };
  },
};

function wireguardPeer(name: string, line: number): Draft<Association> {
  return { ...blankAssociation(line), kind: 'wireguard', protocol: 'wireguard', name };
}

function setEndpoint(peer: Draft<Association>, endpoint: string, understood: Understood[], line: number): void {
  const [, six, plain] = /^(?:\[([0-9a-f:.]+)(?:%\S+)?\]|([^\s:]+)):\d+$/i.exec(endpoint) ?? [];
  peer.destination = safeAddress(six ?? plain);
  peer.outer = familyOf(six ?? plain);
  understood.push({
    line,
    says: `endpoint over ${peer.outer === null ? 'a name, address family not known' : `IPv${peer.outer}`}`,
  });
}

const remarksOf = (peers: readonly Association[]): string[] =>
  peers.some(({ outer }) => outer === null)
    ? [
        'a peer without a literal endpoint address may be reached over IPv6: the smaller value counts (wg-quick itself subtracts 80)',
      ]
    : [];
