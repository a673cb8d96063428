import { MtucalcError } from '../../error.js';
import { hasProblem } from '../../report/gravity.js';
import { command } from '../command.js';
import { fromOption, profileOf } from '../from.js';
import { texts } from '../option.js';
import { outputOptions } from '../output-options.js';
import { profileOptions } from '../profile-options.js';
import { snippetOptions } from '../snippet-options.js';

export const calc = command({
  name: 'calc',
  answers: 'calc',
  summary: 'Tunnel MTU and safe TCP MSS from cipher, WAN and tunnel.',
  positionals: [],
  options: {
    ...profileOptions,
    ...fromOption,
    emit: texts({
      describe: 'print configuration instead: routeros,iptables,… or all (mtucalc snippet --help)',
      group: 'Snippet:',
    }),
    ...snippetOptions,
    ...outputOptions,
  },
  examples: [
    ['mtucalc --cipher aes256 --wan pppoe', 'IPsec over PPPoE'],
    ['mtucalc -c aes256-sha256,aes128gcm16 --nat-t', 'one safe value for two proposals'],
    ['mtucalc --tunnel wireguard --wan pppoe --outer 6', 'WireGuard over PPPoE and IPv6'],
    ['mtucalc -c aes256gcm16 --emit nftables,strongswan', 'the numbers as configuration'],
    ['ip xfrm state | mtucalc --from - --wan pppoe', 'the tunnel of a running gateway'],
    ['mtucalc --stack ipv4/natt/esp:aes256-sha1:transport/gre', 'any stack, outermost first'],
  ],
  async run(args, terminal) {
    const words = args.emit;
    const stray = words.length > 0 ? undefined : Object.keys(snippetOptions).find((name) => args.said.has(name));
    if (stray !== undefined) {
      throw new MtucalcError(
        'usage',
        `--${stray} is for configuration, calc prints the numbers`,
        `--emit TARGET, or mtucalc snippet TARGET --${stray} …`,
      );
    }
    const { calculation: value, readIf } = await profileOf(args, terminal);
    const outcome = { problem: hasProblem(value.warnings) };
    if (words.length === 0) return { kind: 'calc', value, outcome };
    const { snippetAnswer } = await import('../emit.js');
    return snippetAnswer({ words, calculation: value, readIf, args, outcome }, terminal);
  },
});
