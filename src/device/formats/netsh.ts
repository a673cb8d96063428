import { type DeviceFormat, emptyReading, type LinkReading, type Understood } from '../reading.js';
import { linkDraft, mtuOf } from './link-draft.js';

const ROW = /^\s*(\d{2,10})\s+(\d)\s+\d+\s+\d+\s+(\S.{0,60}?)\s*$/;
/** `show interfaces`: index, metric, MTU, state, name. */
const INTERFACE = /^\s*\d{1,4}\s+\d{1,5}\s+(\d{2,10})\s+(\S+)\s+(\S.{0,60}?)\s*$/;
/** The line under the headings: five columns, whatever their language. */
const UNDERLINE = /^-{3,}(?:\s+-{3,}){3}\s+-{4,}$/;
const CUT_OFF = /^(?:dis|nicht|getr|des|d[ée]c|non)/i;

/** PowerShell: index, name, family, MTU, metric, DHCP, state. */
const NET_IP = /^\s*\d{1,4}\s+(\S.{0,60}?)\s+IPv4\s+(\d{2,10})\s+\d{1,5}\s+\S+\s+(\S+)/;

/**
 * Windows `netsh interface ipv4 show subinterfaces` and `show interfaces`, in any language; `Get-NetIPInterface`. Media
 * state 1 is connected.
 */
export const netsh: DeviceFormat = {
  id: 'netsh',
  title: 'netsh interface ipv4 show subinterfaces, show interfaces, Get-NetIPInterface (Windows)',
  manual: 'Microsoft, netsh interface',
  recognise: ({ lines }) =>
    lines.some(({ text }) => UNDERLINE.test(text.trim()))
      ? lines.filter(({ text }) => ROW.test(text) || INTERFACE.test(text)).length
      : lines.some(({ text }) => /InterfaceAlias\s+AddressFamily\s+NlMtu/.test(text))
        ? lines.filter(({ text }) => NET_IP.test(text)).length
        : 0,
  parse: ({ lines }) => {
    const links: LinkReading[] = [];
    const understood: Understood[] = [];
    for (const { text, number } of lines) {
      const [, alias, nlMtu, word = ''] = NET_IP.exec(text) ?? [];
      const row = alias === undefined ? (ROW.exec(text) ?? INTERFACE.exec(text)) : ['', nlMtu, word, alias];
      const [, printed, state = '', name = ''] = row ?? [];
      const mtu = mtuOf(printed);
      if (mtu === null) continue;
      const other = /loopback|pseudo|vEthernet|VMware|VirtualBox|Hyper-V|WSL|isatap|teredo|bluetooth/i.test(name);
      const tunnel = /vpn|wireguard|\bwg|wintun|\btap\b|openvpn|tunnel|ppp/i.test(name);
      links.push(
        linkDraft({
          name,
          role: other || tunnel ? 'other' : 'link',
          mtu,
          line: number,
          up: state === '1' || (!/^\d$|^$/.test(state) && !CUT_OFF.test(state)),
        }),
      );
      understood.push({ line: number, says: `interface of MTU ${mtu}` });
    }
    return { ...emptyReading(netsh.id), links, understood };
  },
};
