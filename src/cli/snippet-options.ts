import { MtucalcError } from '../error.js';
import { shown } from '../mtu/nearest.js';
import type { Undo } from '../snippet/emit.js';
import { fasttrackStyles, ipsecStyles, type PlanChoices } from '../snippet/plan.js';
import { flag, type OptionTable, type OptionValues, off, oneOf, readAs, text, texts } from './option.js';
import type { ProfileArguments } from './profile-options.js';

const group = 'Snippet:';

/** Texts given apart or with commas. */
const listed = (words: readonly string[]): readonly string[] => words.flatMap((word) => word.split(','));

/** A whole number in decimal or, as ip(8) prints it, hexadecimal. */
function number(word: string, name: string): number {
  if (!/^(\d{1,10}|0x[0-9a-f]{1,8})$/i.test(word)) {
    throw new MtucalcError('usage', `--${name} ${shown(word)} is not a whole number`, `for example --${name} 42`);
  }
  return Number(word);
}

/** What a snippet needs to know of the boxes, beyond the numbers. */
export const snippetOptions = {
  name: text({
    group,
    describe:
      'what comments, chains, tables and files of this tunnel are called (default: its interface, conn or networks)',
  }),
  ipsec: oneOf(ipsecStyles, {
    group,
    describe: 'how the gateway does IPsec: policy (default), xfrm, vti or libipsec; decides which match works',
  }),
  'tunnel-if': text({ group, describe: 'name of the tunnel interface' }),
  'wan-if': text({ group, describe: 'name of the interface towards the Internet' }),
  'lan-if': text({ group, describe: 'name of the interface towards the hosts' }),
  'local-net': texts({ group, describe: 'network on this side, 10.1.0.0/24; repeat for more' }),
  'remote-net': texts({ group, describe: 'network behind the tunnel; repeat for more' }),
  conn: text({ group, describe: 'connection in swanctl.conf, VPN on Junos' }),
  child: text({ group, describe: 'child of that connection' }),
  'if-id': readAs(text({ group, describe: 'if_id of the xfrm interface (implies --ipsec xfrm)' }), (word, name) =>
    word === undefined ? undefined : number(word, name),
  ),
  'policy-id': readAs(texts({ group, describe: 'FortiOS policy; once for each direction' }), (words, name) =>
    listed(words).map((word) => number(word, name)),
  ),
  fasttrack: oneOf(fasttrackStyles, {
    group,
    describe: 'how RouterOS keeps IPsec off FastTrack: defconf (default), mark, exclude or raw',
  }),
  flowtable: flag({
    group,
    describe:
      'nftables with a flowtable that leaves IPsec alone (needs --wan-if and --lan-if); OpenWrt: flow_offloading off',
  }),
  'clear-df': flag({
    group,
    describe: 'last resort for hosts that ignore MSS and ICMP: clear DF of what is too large',
  }),
  'copy-df': flag({
    group,
    describe: '--no-copy-df: outer packets without DF, for an underlay that drops without PTB',
  }),
  undo: off({ group, describe: 'print how to take it out again: what the snippet of this name set' }),
  all: off({ group, describe: 'with --undo: what the snippets of every tunnel set' }),
} as const satisfies OptionTable;

export type SnippetArguments = OptionValues<typeof snippetOptions>;

/** What `--undo` and `--all` ask for together. */
export function undoOf({ undo, all }: Pick<SnippetArguments, 'undo' | 'all'>): Undo {
  if (all && !undo) throw new MtucalcError('usage', '--all belongs to --undo', 'every target is a word: snippet all');
  return undo ? (all ? 'all' : 'this') : 'no';
}

/** The choices those options make; undefined for what was not said. */
export const choicesOf = (args: SnippetArguments & Pick<ProfileArguments, 'nat-t' | 'inner'>): PlanChoices => ({
  name: args.name,
  ipsec: args.ipsec,
  tunnelIf: args['tunnel-if'],
  wanIf: args['wan-if'],
  lanIf: args['lan-if'],
  localNets: listed(args['local-net']),
  remoteNets: listed(args['remote-net']),
  conn: args.conn,
  child: args.child,
  ifId: args['if-id'],
  policyIds: args['policy-id'],
  fasttrack: args.fasttrack,
  flowtable: args.flowtable,
  clearDf: args['clear-df'],
  copyDf: args['copy-df'],
  natT: args['nat-t'],
  inner: args.inner,
});
