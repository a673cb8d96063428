import { catalogue } from '../../ciphers/index.js';
import { MtucalcError } from '../error.js';
import { catalogueWith } from '../io/catalogue.js';
import type { CalcRequest } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { shown } from '../mtu/nearest.js';
import { flag, ipVersion, type OptionTable, type OptionValues, oneOf, readAs, text, texts, whole } from './option.js';

/** How a tunnel is described on every command that needs its numbers. */
export const profileOptions = {
  cipher: texts({
    alias: 'c',
    describe: 'ESP suite in any spelling; a comma-separated list gives one safe value',
    group: 'Tunnel:',
  }),
  auth: text({
    describe: 'integrity algorithm, where the cipher does not name it',
    group: 'Tunnel:',
  }),
  tunnel: text({
    alias: 't',
    describe: 'ipsec (default with --cipher), gre-ipsec, wireguard, vxlan … (mtucalc ciphers --tunnels lists all)',
    group: 'Tunnel:',
  }),
  stack: text({
    describe: 'free stack, outermost first: pppoe/ipv4/natt/esp:aes256-sha256:transport/gre',
    group: 'Tunnel:',
  }),
  mode: oneOf(['tunnel', 'transport'], { describe: 'ESP mode: tunnel or transport', group: 'Tunnel:' }),
  'nat-t': flag({
    describe: 'ESP in UDP (RFC 3948); --no-nat-t: without; neither: the smaller value of both',
    group: 'Tunnel:',
  }),
  outer: ipVersion({ describe: 'IP version outside: 4 (default) or 6', group: 'Tunnel:' }),
  inner: ipVersion({ describe: 'IP version inside: 4 or 6; neither: both', group: 'Tunnel:' }),
  ah: flag({ describe: 'AH (with --auth), alone or around ESP', group: 'Tunnel:' }),
  esn: flag({ describe: 'extended sequence numbers (no effect on lengths)', group: 'Tunnel:' }),
  tfc: whole(1, 65535, {
    describe: 'TFC padding of packets up to this size, octets',
    group: 'Tunnel:',
  }),
  wan: text({
    alias: 'w',
    describe: 'access link: ethernet (default), pppoe, ds-lite, lte … (mtucalc ciphers --wan lists all)',
    group: 'Path:',
  }),
  // How far it may go is the calculator's to say: it knows the IP version.
  'link-mtu': readAs(
    text({ alias: 'm', describe: 'largest IP packet of the link, octets; overrides --wan', group: 'Path:' }),
    (word) => {
      if (word === undefined || /^[+-]?\d{1,15}$/.test(word)) return word === undefined ? undefined : Number(word);
      const says = `link MTU ${shown(word)} is not a whole number of octets`;
      throw new MtucalcError('bad-value', says, 'for example --link-mtu 1492');
    },
  ),
  impl: text({
    describe: 'implementation whose lengths differ from the RFCs: linux, freebsd, ovs …',
    group: 'Path:',
  }),
  ciphers: text({
    describe: 'JSON file with rows of your own (encr, integ, wan)',
    group: 'Path:',
  }),
} as const satisfies OptionTable;

export type ProfileArguments = OptionValues<typeof profileOptions>;

/** The request those options make; undefined for what was not said. */
export function requestOf(args: Omit<ProfileArguments, 'ciphers'>): CalcRequest {
  if (args.cipher.some((word) => word.trim() === ''))
    throw new MtucalcError('usage', '--cipher has no value', 'for example --cipher aes256-sha256');
  return {
    cipher: args.cipher.length > 0 ? args.cipher.join(',') : undefined,
    auth: args.auth,
    wan: args.wan,
    linkMtu: args['link-mtu'],
    natT: args['nat-t'],
    mode: args.mode,
    outer: args.outer,
    inner: args.inner,
    ah: args.ah,
    esn: args.esn,
    tfc: args.tfc,
    tunnel: args.tunnel,
    stack: args.stack,
    impl: args.impl,
  };
}

/** The catalogue those options choose. */
export const catalogueOf = async ({ ciphers }: Pick<ProfileArguments, 'ciphers'>): Promise<Catalogue> =>
  ciphers === undefined ? catalogue : await catalogueWith(ciphers);
