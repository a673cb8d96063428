import { familyOf, type Payload, type SaMode } from '../reading.js';
import { safeAddress } from '../secret.js';
import type { RouterosItem } from './routeros-words.js';

/** What a proposal is used for: a policy, or an interface that makes its own (`ipsec-secret`, `use-ipsec`). */
export interface RouterosPolicy {
  readonly line: number;
  readonly mode: SaMode;
  readonly payload: Payload;
  /** Name of its proposal; `default` where none is exported. */
  readonly proposal: string;
  readonly source: string | null;
  readonly destination: string | null;
}

/** Interfaces with a header of their own, by menu. */
export const interfaces: Readonly<Record<string, Payload>> = {
  'interface gre': 'gre',
  'interface gre6': 'gre',
  'interface ipip': 'ipip',
  'interface ipipv6': 'ipip',
  'interface eoip': 'eoip',
  'interface eoipv6': 'eoip',
  'interface l2tp-client': 'l2tp',
};

/** Every use of IPsec in an export that is not disabled; templates describe none by themselves. */
export function policiesOf(commands: readonly RouterosItem[]): RouterosPolicy[] {
  const peers = commands.filter(({ menu, values }) => menu === 'ip ipsec peer' && values.has('address'));
  return commands.flatMap((item): RouterosPolicy[] => {
    const { menu, verb, values, line } = item;
    if (verb !== 'add' || values.get('disabled') === 'yes') return [];
    const payload = interfaces[menu];
    if (payload && (values.has('ipsec-secret') || /^(?:yes|required)$/.test(values.get('use-ipsec') ?? ''))) {
      const remote = values.get('remote-address') ?? values.get('connect-to');
      const ends = { source: address(values.get('local-address')), destination: address(remote) };
      return [{ line, mode: 'transport', payload, proposal: 'default', ...ends }];
    }
    if (menu !== 'ip ipsec policy' || values.get('template') === 'yes' || values.get('action') === 'none') return [];
    const tunnel = values.get('tunnel') === 'yes';
    const peer =
      peers.find((one) => one.values.get('name') === values.get('peer')) ?? (peers.length === 1 ? peers[0] : undefined);
    return [
      {
        line,
        mode: tunnel ? 'tunnel' : 'transport',
        payload: tunnel ? 'ip' : protocolOf(values),
        proposal: values.get('proposal') ?? 'default',
        source: address(values.get('sa-src-address')) ?? address(peer?.values.get('local-address')),
        destination: address(values.get('sa-dst-address')) ?? address(peer?.values.get('address')),
      },
    ];
  });
}

function protocolOf(values: ReadonlyMap<string, string>): Payload {
  const protocol = values.get('protocol') ?? '';
  if (/^(?:gre|47)$/.test(protocol)) return 'gre';
  if (/^(?:ipencap|ipip|4)$/.test(protocol)) return 'ipip';
  const ports = [values.get('src-port'), values.get('dst-port')];
  return /^(?:udp|17)$/.test(protocol) && ports.includes('1701') ? 'l2tp' : 'ip';
}

/** An address without its prefix length; null for none, and for the unspecified one. */
export function address(text: string | undefined): string | null {
  const bare = text?.replace(/\/\d+$/, '');
  return familyOf(bare) === null || bare === '0.0.0.0' || bare === '::' ? null : safeAddress(bare);
}
