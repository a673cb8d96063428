import type { Association, DeviceFormat, Draft, Understood } from '../reading.js';
import { safe } from '../secret.js';
import { peerRemarks, setEndpoint, wireguardPeer } from './wireguard-peer.js';

/**
 * `wg show NAME dump`, of all interfaces with the name in front: key, preshared key, endpoint, networks, four numbers.
 */
const DUMP =
  /^(?:([\w.-]{1,15})\s+)?[A-Za-z0-9+/]{43}=\s+(?:\(none\)|[A-Za-z0-9+/]{43}=)\s+(\S+)\s+\S+\s+\d+\s+\d+\s+\d+\s+(?:off|\d+)$/;

/** `wg show`: interfaces, peers and their endpoints. Keys, public ones too, are read past. */
export const wgShow: DeviceFormat = {
  id: 'wg-show',
  title: 'wg show (WireGuard)',
  manual: 'wg(8)',
  recognise: ({ lines }) => {
    let places = 0;
    for (const { text } of lines)
      if (/^\s*(?:peer:\s+\S{40,}|interface:\s+\S+\s*$|latest handshake:|allowed ips:\s)/.test(text)) places++;
    const dumped = lines.filter(({ text }) => DUMP.test(text.trim())).length;
    if (dumped > 0) return dumped;
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
      const heading = /^\s*interface:\s+(\S+)/.exec(text)?.[1];
      if (heading) {
        name = safe(heading, 30);
        started = number;
        understood.push({ line: number, says: `WireGuard interface ${name}` });
      }
      if (/^\s*peer:\s/.test(text)) associations.push({ ...wireguardPeer(name, number), interface: name || null });
      const dump = DUMP.exec(text.trim());
      if (dump) {
        const device = safe(dump[1] ?? name, 30);
        const peer = { ...wireguardPeer(device, number), interface: device || null };
        associations.push(peer);
        setEndpoint(peer, dump[2] as string, understood, number);
        continue;
      }
      const endpoint = /^\s*endpoint:\s+(\S+)/.exec(text)?.[1];
      const last = associations.at(-1);
      if (endpoint && last) setEndpoint(last, endpoint, understood, number);
    }
    if (associations.length === 0 && started !== undefined)
      associations.push({ ...wireguardPeer(name, started), interface: name || null });
    return {
      format: wgShow.id,
      associations,
      links: [],
      defaultDevices: [],
      remarks: peerRemarks(associations),
      understood,
    };
  },
};
