import { choicesOfWords } from '../../snippet/choose.js';
import { command } from '../command.js';
import { snippetAnswer } from '../emit.js';
import { fromOption, profileOf } from '../from.js';
import { off, text } from '../option.js';
import { outputOptions } from '../output-options.js';
import { profileOptions } from '../profile-options.js';
import { snippetOptions, undoOf } from '../snippet-options.js';

export const snippet = command({
  name: 'snippet',
  answers: 'snippet',
  summary: 'Configuration that clamps the MSS and sets the MTU, ready to paste: stdout is the configuration alone.',
  positionals: [
    {
      name: 'target',
      describe:
        'routeros[@6], iptables, ip6tables, nftables, strongswan, charon, linux, openwrt, vyos[@1.3|@rolling], cisco, junos, fortios[@6.4], pf[@freebsd], pfsense, opnsense, wireguard, edgeos, panos, asa, iosxr, nxos, netplan, networkmanager, networkd, firewalld, ufw, windows, sophos, checkpoint, huawei[@comware], kubernetes[@cilium|@flannel], aws, azure, gcp, or all; vendors and products too (mikrotik, fortigate, unifi …)',
      many: true,
      required: true,
    },
  ],
  options: {
    ...profileOptions,
    ...fromOption,
    ...snippetOptions,
    out: text({
      describe: 'write one file per target into this folder',
      group: 'Snippet:',
    }),
    force: off({
      describe: 'with --out: replace files that mtucalc did not write',
      group: 'Snippet:',
    }),
    ...outputOptions,
  },
  examples: [
    ['mtucalc snippet routeros iptables strongswan -c aes256 -w pppoe', 'both ends of a tunnel over PPPoE'],
    ['mtucalc snippet nftables -c aes256gcm16 --ipsec xfrm --tunnel-if ipsec0', 'route-based'],
    ['mtucalc snippet routeros -c aes256-sha256 --fasttrack mark --undo', 'take it out again'],
    ['mtucalc snippet all --tunnel wireguard --wan pppoe --out conf', 'one file for each box that fits'],
  ],
  async run(args, terminal) {
    // A target that is none, and `--all` without `--undo`, are said before what else is missing.
    choicesOfWords(args.words);
    undoOf(args);
    const { calculation, readIf } = await profileOf(args, terminal);
    return snippetAnswer({ words: args.words, calculation, readIf, args, out: args.out, force: args.force }, terminal);
  },
});
