import type { DeviceFormat, LinkReading, Understood } from '../reading.js';
import { linkDraft, mtuOf } from './link-draft.js';

const ROW = /^\s*(\d{2,10})\s+(\d)\s+\d+\s+\d+\s+(\S.{0,60}?)\s*$/;

/** Windows `netsh interface ipv4 show subinterfaces`, in any language: MTU, media state (1 connected), octets, name. */
export const netsh: DeviceFormat = {
  id: 'netsh',
  title: 'netsh interface ipv4 show subinterfaces (Windows)',
  manual: 'Microsoft, netsh interface',
  recognise: ({ lines }) =>
    lines.some(({ text }) => /^-{8,}\s+-{8,}\s+-{8,}\s+-{8,}\s+-{4,}/.test(text.trim()))
      ? lines.filter(({ text }) => ROW.test(text)).length
      : 0,
  parse: ({ lines }) => {
    const links: LinkReading[] = [];
    const understood: Understood[] = [];
    for (const { text, number } of lines) {
      const [, printed, state, name = ''] = ROW.exec(text) ?? [];
      const mtu = mtuOf(printed);
      if (mtu === null) continue;
      const other = /loopback|pseudo|vEthernet|VMware|VirtualBox|Hyper-V|WSL|isatap|teredo|bluetooth/i.test(name);
      const tunnel = /vpn|wireguard|wintun|\btap\b|openvpn|tunnel|ppp/i.test(name);
      links.push(linkDraft({ name, role: other || tunnel ? 'other' : 'link', mtu, line: number, up: state === '1' }));
      understood.push({ line: number, says: `interface of MTU ${mtu}` });
    }
    return { format: netsh.id, associations: [], links, defaultDevices: [], remarks: [], understood };
  },
};
