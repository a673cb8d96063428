import type { Association, DeviceFormat, Draft, Understood } from '../reading.js';
import { safe } from '../secret.js';
import { peerRemarks, setEndpoint, wireguardPeer } from './wireguard-peer.js';

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
      const heading = /^\s*interface:\s+(\S+)/.exec(text)?.[1];
      if (heading) {
        name = safe(heading, 30);
        started = number;
        understood.push({ line: number, says: `WireGuard interface ${name}` });
      }
      if (/^\s*peer:\s/.test(text)) associations.push({ ...wireguardPeer(name, number), interface: name || null });
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
