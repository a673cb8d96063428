import type { Association, DeviceFormat, Draft, LinkReading, Understood } from '../reading.js';
import { peerRemarks, setEndpoint, wireguardPeer } from './wireguard-peer.js';

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
      remarks: peerRemarks(associations),
      understood,
    };
  },
};
