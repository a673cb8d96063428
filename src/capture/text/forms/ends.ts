import { ipv4OctetsIn } from '../../../packet/address-octets.js';
import { ipv6Of } from '../hosts.js';

/** An address or name, and the port behind it. */
export interface End {
  readonly host: string;
  readonly port: string | null;
}

/**
 * `10.1.0.2.5005`, `fd01::2.443`, `pc17.branch.example.https`, `10.1.0.2:443`: the port is what stands behind the last
 * point, where there is one. A name's last part is a port only where the packet has ports (`ports`).
 */
export function endOf(text: string, ports: boolean): End {
  const v4 = /^(\d{1,3}(?:\.\d{1,3}){3})(?:[.:]([\w-]{1,30}))?$/.exec(text);
  if (v4 && ipv4OctetsIn(v4[1] as string)) return { host: v4[1] as string, port: v4[2] ?? null };
  if (/^[0-9a-f:]+:[0-9a-f:.]*/i.test(text)) {
    if (ipv6Of(text)) return { host: text.replace(/%.*$/, ''), port: null };
    const at = text.lastIndexOf('.');
    const host = text.slice(0, at).replace(/%.*$/, '');
    if (at > 0 && ipv6Of(host)) return { host, port: text.slice(at + 1) };
  }
  const at = Math.max(text.lastIndexOf('.'), text.lastIndexOf(':'));
  if (!ports || at < 1) return { host: text, port: null };
  return { host: text.slice(0, at), port: text.slice(at + 1) };
}

/** 4 or 6 for an address as printed, null for a name. */
export function familyOfHost(host: string): 4 | 6 | null {
  if (ipv4OctetsIn(host)) return 4;
  return ipv6Of(host) ? 6 : null;
}

/** Whether a word can be an end of a packet. */
export const canBeEnd = (text: string): boolean => /^[\w*[][\w.:%*\]-]{0,120}$/.test(text);
