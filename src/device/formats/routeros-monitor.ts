import { type DeviceFormat, emptyReading, type LinkReading, type Understood } from '../reading.js';
import { linkDraft, mtuOf } from './link-draft.js';

/** RouterOS `/interface pppoe-client monitor`: the MTU that both sides agreed on. */
export const routerosMonitor: DeviceFormat = {
  id: 'routeros-monitor',
  title: 'RouterOS /interface pppoe-client monitor',
  manual: 'RouterOS manual, PPPoE, Monitor client status',
  recognise: ({ lines }) =>
    lines.some(({ text }) => /^\s*mtu: \d/.test(text))
      ? lines.filter(({ text }) => /^\s*ac-(?:mac|name):/.test(text)).length
      : 0,
  parse: ({ lines }) => {
    const links: LinkReading[] = [];
    const understood: Understood[] = [];
    let name = 'pppoe';
    for (const { text, number } of lines) {
      name = /pppoe-client[ /]monitor (?:numbers=)?"?([\w.-]{1,30})/.exec(text)?.[1] ?? name;
      const mtu = mtuOf(/^\s*mtu: (\d{1,9})$/.exec(text)?.[1]);
      if (mtu === null) continue;
      links.push(linkDraft({ name, role: 'link', mtu, line: number, defaultRoute: true }));
      understood.push({ line: number, says: `${name}: MTU ${mtu}` });
    }
    return { ...emptyReading(routerosMonitor.id), links, understood };
  },
};
