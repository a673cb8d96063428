import { catalogue } from '../../ciphers/index.js';
import { MtucalcError } from '../error.js';
import { catalogueWith } from '../io/catalogue.js';
import type { CalcRequest } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { shown } from '../mtu/nearest.js';
import type { OptionTable } from './command.js';
import { choice, every, family, flag, once, wholeNumber } from './option.js';

/** How a tunnel is described on every command that needs its numbers. */
export const profileOptions = {
  cipher: {
    type: 'string',
    alias: 'c',
    requiresArg: true,
    describe: 'ESP suite in any spelling; a comma-separated list gives one safe value',
    group: 'Tunnel:',
  },
  auth: {
    type: 'string',
    requiresArg: true,
    describe: 'integrity algorithm, where the cipher does not name it',
    group: 'Tunnel:',
  },
  tunnel: {
    type: 'string',
    alias: 't',
    requiresArg: true,
    describe: 'ipsec (default with --cipher), gre-ipsec, wireguard, vxlan … (mtucalc ciphers --tunnels lists all)',
    group: 'Tunnel:',
  },
  stack: {
    type: 'string',
    requiresArg: true,
    describe: 'free stack, outermost first: pppoe/ipv4/natt/esp:aes256-sha256:transport/gre',
    group: 'Tunnel:',
  },
  mode: { type: 'string', requiresArg: true, describe: 'ESP mode: tunnel or transport', group: 'Tunnel:' },
  'nat-t': {
    type: 'boolean',
    describe: 'ESP in UDP (RFC 3948); --no-nat-t: without; neither: the smaller value of both',
    group: 'Tunnel:',
  },
  outer: { type: 'string', requiresArg: true, describe: 'IP version outside: 4 (default) or 6', group: 'Tunnel:' },
  inner: { type: 'string', requiresArg: true, describe: 'IP version inside: 4 or 6; neither: both', group: 'Tunnel:' },
  ah: { type: 'boolean', describe: 'AH (with --auth), alone or around ESP', group: 'Tunnel:' },
  esn: { type: 'boolean', describe: 'extended sequence numbers (no effect on lengths)', group: 'Tunnel:' },
  tfc: {
    type: 'string',
    requiresArg: true,
    describe: 'TFC padding of packets up to this size, octets',
    group: 'Tunnel:',
  },
  wan: {
    type: 'string',
    alias: 'w',
    requiresArg: true,
    describe: 'access link: ethernet (default), pppoe, ds-lite, lte … (mtucalc ciphers --wan lists all)',
    group: 'Path:',
  },
  'link-mtu': {
    type: 'string',
    alias: 'm',
    requiresArg: true,
    describe: 'largest IP packet of the link, octets; overrides --wan',
    group: 'Path:',
  },
  impl: {
    type: 'string',
    requiresArg: true,
    describe: 'implementation whose lengths differ from the RFCs: linux, freebsd, ovs …',
    group: 'Path:',
  },
  ciphers: {
    type: 'string',
    requiresArg: true,
    describe: 'JSON file with rows of your own (encr, integ, wan)',
    group: 'Path:',
  },
} as const satisfies OptionTable;

/** The request those options make; undefined for what was not said. */
export function requestOf(args: Readonly<Record<string, unknown>>): CalcRequest {
  const ciphers = every(args, 'cipher');
  if (ciphers.some((text) => text.trim() === ''))
    throw new MtucalcError('usage', '--cipher has no value', 'for example --cipher aes256-sha256');
  const linkMtu = once(args, 'link-mtu');
  if (linkMtu !== undefined && !/^[+-]?\d{1,15}$/.test(linkMtu)) {
    throw new MtucalcError(
      'bad-value',
      `link MTU ${shown(linkMtu)} is not a whole number of octets`,
      'for example --link-mtu 1492',
    );
  }
  return {
    cipher: ciphers.length > 0 ? ciphers.join(',') : undefined,
    auth: once(args, 'auth'),
    wan: once(args, 'wan'),
    linkMtu: linkMtu === undefined ? undefined : Number(linkMtu),
    natT: flag(args, 'nat-t'),
    mode: choice(args, 'mode', ['tunnel', 'transport']),
    outer: family(args, 'outer'),
    inner: family(args, 'inner'),
    ah: flag(args, 'ah'),
    esn: flag(args, 'esn'),
    tfc: wholeNumber(args, 'tfc', [1, 65535]),
    tunnel: once(args, 'tunnel'),
    stack: once(args, 'stack'),
    impl: once(args, 'impl'),
  };
}

/** True where at least one option describes a tunnel or its link. */
export const isDescribed = (request: CalcRequest): boolean =>
  Object.values(request).some((value) => value !== undefined);

/** The catalogue those options choose. */
export async function catalogueOf(args: Readonly<Record<string, unknown>>): Promise<Catalogue> {
  const path = once(args, 'ciphers');
  return path === undefined ? catalogue : await catalogueWith(path);
}
