import { wordTable } from '../../word-table.js';
import type { DeviceFormat, Line } from '../reading.js';
import { safe } from '../secret.js';
import { ipLink } from './ip-link.js';

const SECTION = /^\s*\[([A-Za-z0-9]{2,20})\]\s*$/;
const SETTING = /^\s*([A-Za-z0-9]{2,40})\s*=\s*(.*?)\s*$/;

/** Settings of a tunnel by their names in `ip -d link` (systemd.netdev(5)). */
const words: Readonly<Record<string, string>> = wordTable({
  Local: 'local',
  Remote: 'remote',
  Key: 'ikey',
  InputKey: 'ikey',
  OutputKey: 'okey',
  InterfaceId: 'if_id',
});

interface Unit {
  readonly line: number;
  name: string;
  kind: string;
  mtu: string;
  mtuLine: number;
  readonly details: string[];
  readonly addresses: string[];
}

/**
 * Units of systemd-networkd, one or several: interfaces, tunnels and their MTU. WireGuard's peers are read by wg-quick.
 */
export const networkd: DeviceFormat = {
  id: 'networkd',
  title: 'systemd-networkd (.network, .netdev)',
  manual: 'systemd.netdev(5), systemd.network(5)',
  recognise: ({ lines }) => {
    const begins = lines.filter(({ text }) => /^\s*\[(?:NetDev|Match)\]\s*$/.test(text)).length;
    return begins > 0 ? begins + lines.filter(({ text }) => /^\s*(?:MTUBytes|Kind)\s*=/.test(text)).length : 0;
  },
  parse: ({ lines }) => {
    const units = unitsOf(lines).filter(({ name, kind }) => name !== '' && kind !== 'wireguard');
    const printed = units.flatMap(({ line, name, kind, mtu, mtuLine, details, addresses }): Line[] =>
      [
        `1: ${name}: <UP> mtu ${mtu || UNSAID}`,
        ...(kind === '' ? [] : [`    ${kind} ${details.join(' ') || '.'}`]),
        ...addresses.map((address) => `    inet ${address}`),
      ].map((text) => ({ number: mtuLine || line, text })),
    );
    const reading = ipLink.parse({ lines: printed, long: printed });
    return {
      ...reading,
      format: networkd.id,
      links: reading.links
        .filter(({ mtu }) => mtu !== UNSAID)
        .map((link) => ({ ...link, setMtu: (mtu: number) => `MTUBytes=${mtu}` })),
      understood: units.map(({ line, name, kind, mtu }) => ({
        line,
        says: `${kind || 'interface'} ${safe(name, 30)}${mtu === '' ? '' : `, MTU ${mtu}`}`,
      })),
    };
  },
};

/** Without an MTU of its own a tunnel is one all the same. */
const UNSAID = 0;

function unitsOf(lines: readonly Line[]): Unit[] {
  const units: Unit[] = [];
  let section = '';
  for (const { text, number } of lines) {
    const opened = SECTION.exec(text)?.[1];
    if (opened !== undefined) {
      section = opened;
      if (opened === 'NetDev' || opened === 'Match')
        units.push({ line: number, name: '', kind: '', mtu: '', mtuLine: 0, details: [], addresses: [] });
      continue;
    }
    const [, key = '', value = ''] = SETTING.exec(text) ?? [];
    const unit = units.at(-1);
    if (!unit || value === '') continue;
    if (key === 'Name' && (section === 'NetDev' || section === 'Match')) unit.name = nameOf(value);
    else if (key === 'Kind' && section === 'NetDev') unit.kind = /^[a-z0-9]{2,12}$/.test(value) ? value : '';
    else if (key === 'MTUBytes' && (section === 'NetDev' || section === 'Link')) {
      unit.mtu = /^\d{1,9}$/.test(value) ? value : '';
      unit.mtuLine = number;
    } else if (key === 'Address' && /^[0-9a-f.:]+(?:\/\d+)?$/i.test(value)) unit.addresses.push(value);
    else if (words[key] !== undefined && /^[0-9a-zA-Z.:]{1,45}$/.test(value))
      unit.details.push(`${words[key]} ${value}`);
  }
  return units;
}

/** One name; a pattern is for several interfaces. */
const nameOf = (value: string): string => (/^[\w.-]{1,15}$/.test(value) ? value : '');
