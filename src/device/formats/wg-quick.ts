import type { Association, DeviceFormat, Draft, LinkReading, Understood } from '../reading.js';
import { mtuOf } from './link-draft.js';
import { peerRemarks, setEndpoint, wireguardPeer } from './wireguard-peer.js';

/**
 * Sections: of wg-quick and `wg showconf`, of systemd-networkd, of NetworkManager (a peer's key stands in its name).
 */
const INTERFACE = /^\s*\[(?:Interface|WireGuard)\]/i;
const PEER = /^\s*\[(?:Peer|WireGuardPeer|wireguard-peer\.[^\]]{1,80})\]/i;

/**
 * Files of wg-quick, systemd-networkd (.netdev) and NetworkManager: the interface, its peers, `Endpoint` and the MTU.
 */
export const wgQuick: DeviceFormat = {
  id: 'wg-quick',
  title: 'wg-quick, systemd-networkd or NetworkManager configuration (WireGuard)',
  manual: 'wg-quick(8), systemd.netdev(5), nm-settings-keyfile(5)',
  recognise: ({ lines }) =>
    lines.filter(
      ({ text }) =>
        INTERFACE.test(text) || PEER.test(text) || /^\s*(?:AllowedIPs|PrivateKey|PublicKey)\s*=/i.test(text),
    ).length,
  parse: (paste) => {
    const associations: Draft<Association>[] = [];
    const links: LinkReading[] = [];
    const understood: Understood[] = [];
    let started: number | undefined;
    // Without any section it is a piece of such a file.
    let inside = true;
    for (const { text, number } of paste.lines) {
      if (/^\s*\[/.test(text)) inside = INTERFACE.test(text) || /^\s*\[NetDev\]/i.test(text);
      if (INTERFACE.test(text)) {
        started = number;
        understood.push({ line: number, says: '[Interface]' });
      }
      if (PEER.test(text)) associations.push(wireguardPeer('', number));
      const [, key = '', value = ''] = /^\s*(Endpoint|MTU|MTUBytes)\s*=\s*([^#]*?)\s*(?:#.*)?$/i.exec(text) ?? [];
      const last = associations.at(-1);
      if (/^endpoint$/i.test(key) && last) setEndpoint(last, value, understood, number);
      const mtu = mtuOf(value);
      if (/^mtu/i.test(key) && inside && mtu !== null) {
        links.push({
          name: 'MTU =',
          role: 'tunnel',
          mtu,
          addresses: [],
          defaultRoute: false,
          ifId: null,
          ...(/^MTU$/.test(key) ? {} : { setMtu: (fits: number) => `${key}=${fits}` }),
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
