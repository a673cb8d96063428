import { MtucalcError } from '../error.js';
import { shown } from '../mtu/nearest.js';
import { fasttrackStyles, ipsecStyles, type PlanChoices } from '../snippet/plan.js';
import type { OptionTable } from './command.js';
import { choice, every, family, flag, once } from './option.js';

const text = { type: 'string', requiresArg: true, group: 'Snippet:' } as const;
const yes = { type: 'boolean', group: 'Snippet:' } as const;

/** What a snippet needs to know of the boxes, beyond the numbers. */
export const snippetOptions = {
  ipsec: {
    ...text,
    describe: 'how the gateway does IPsec: policy (default), xfrm, vti or libipsec; decides which match works',
  },
  'tunnel-if': { ...text, describe: 'name of the tunnel interface' },
  'wan-if': { ...text, describe: 'name of the interface towards the Internet' },
  'lan-if': { ...text, describe: 'name of the interface towards the hosts' },
  'local-net': { ...text, describe: 'network on this side, 10.1.0.0/24; repeat for more' },
  'remote-net': { ...text, describe: 'network behind the tunnel; repeat for more' },
  conn: { ...text, describe: 'connection in swanctl.conf, VPN on Junos' },
  child: { ...text, describe: 'child of that connection' },
  'if-id': { ...text, describe: 'if_id of the xfrm interface (implies --ipsec xfrm)' },
  'policy-id': { ...text, describe: 'FortiOS policy; once for each direction' },
  fasttrack: { ...text, describe: 'how RouterOS keeps IPsec off FastTrack: defconf (default), mark or raw' },
  flowtable: { ...yes, describe: 'nftables with a flowtable that leaves IPsec alone (needs --wan-if and --lan-if)' },
  'clear-df': { ...yes, describe: 'last resort for hosts that ignore MSS and ICMP: clear DF of what is too large' },
  'copy-df': { ...yes, describe: '--no-copy-df: outer packets without DF, for an underlay that drops without PTB' },
  undo: { ...yes, describe: 'print how to take it out again', default: false },
} as const satisfies OptionTable;

type Args = Readonly<Record<string, unknown>>;

/** A whole number in decimal or, as ip(8) prints it, hexadecimal. */
function number(word: string, option: string): number {
  if (!/^(\d{1,10}|0x[0-9a-f]{1,8})$/i.test(word)) {
    throw new MtucalcError('usage', `${option} ${shown(word)} is not a whole number`, `for example ${option} 42`);
  }
  return Number(word);
}

/** The choices those options make; undefined for what was not said. */
export function choicesOf(args: Args): PlanChoices {
  const ifId = once(args, 'if-id');
  return {
    ipsec: choice(args, 'ipsec', ipsecStyles),
    tunnelIf: once(args, 'tunnel-if'),
    wanIf: once(args, 'wan-if'),
    lanIf: once(args, 'lan-if'),
    localNets: every(args, 'local-net').flatMap((word) => word.split(',')),
    remoteNets: every(args, 'remote-net').flatMap((word) => word.split(',')),
    conn: once(args, 'conn'),
    child: once(args, 'child'),
    ifId: ifId === undefined ? undefined : number(ifId, '--if-id'),
    policyIds: every(args, 'policy-id').flatMap((word) => word.split(',').map((one) => number(one, '--policy-id'))),
    fasttrack: choice(args, 'fasttrack', fasttrackStyles),
    flowtable: flag(args, 'flowtable'),
    clearDf: flag(args, 'clear-df'),
    copyDf: flag(args, 'copy-df'),
    natT: flag(args, 'nat-t'),
    inner: family(args, 'inner'),
  };
}
