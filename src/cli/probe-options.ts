import { giveUpRoot } from '../app/give-up-root.js';
import type { ProbeRequest } from '../app/probe-host.js';
import { MtucalcError } from '../error.js';
import { flag, type OptionTable, type OptionValues, off, oneOf, text, whole } from './option.js';
import type { Terminal } from './terminal.js';
import { visibleLine } from './visible.js';

/** How to send, on every command that measures. */
export const probeOptions = {
  4: flag({ describe: 'IPv4 only', group: 'Path:' }),
  6: flag({ describe: 'IPv6 only', group: 'Path:' }),
  source: text({ describe: 'send from this address', group: 'Path:' }),
  interface: text({ alias: 'i', describe: 'send by this interface', group: 'Path:' }),
  engine: oneOf(['raw', 'errqueue', 'tcp', 'ping'], {
    describe: 'raw, errqueue, tcp or ping; otherwise the one that sees most here (mtucalc doctor)',
    group: 'Probes:',
  }),
  protocol: oneOf(['icmp', 'udp', 'tcp'], { describe: 'icmp (default), udp or tcp', group: 'Probes:' }),
  port: whole(1, 65535, {
    describe: 'destination port of UDP (33434) and TCP (443) probes',
    group: 'Probes:',
  }),
  max: whole(68, 65535, {
    describe: 'largest size of interest, octets of the whole IP packet',
    group: 'Probes:',
  }),
  min: whole(68, 65535, {
    describe: 'size of the control probes, octets (576, IPv6 1280)',
    group: 'Probes:',
  }),
  pps: whole(1, 10_000, { describe: 'packets per second, at most', group: 'Probes:' }),
  'max-probes': whole(5, 10_000, {
    describe: 'packets in all, at most (100; 600 to private addresses)',
    group: 'Probes:',
  }),
  gentle: off({ describe: 'one packet at a time', group: 'Probes:' }),
  hops: off({ describe: 'ask every hop, for a complete table', group: 'Probes:' }),
  sweep: off({ describe: 'try the usual sizes below the largest as well', group: 'Probes:' }),
  mss: off({ describe: 'show where the MSS of a SYN is rewritten, and the MSS that comes back', group: 'Probes:' }),
  flows: whole(1, 32, { describe: 'measure so many flows (source ports); the narrowest counts', group: 'Probes:' }),
} as const satisfies OptionTable;

export function probeRequestOf(
  args: OptionValues<typeof probeOptions> & { readonly both?: boolean | undefined },
): ProbeRequest {
  if (args['4'] && args['6']) throw new MtucalcError('usage', '-4 and -6 exclude each other', 'give one of them');
  if (args.both && (args['4'] || args['6']))
    throw new MtucalcError('usage', `--both and -${args['4'] ? 4 : 6} exclude each other`, 'give one of them');
  return {
    family: args['4'] ? 4 : args['6'] ? 6 : undefined,
    engine: args.engine,
    protocol: args.protocol,
    port: args.port,
    max: args.max,
    min: args.min,
    pps: args.pps,
    maxProbes: args['max-probes'],
    source: args.source,
    device: args.interface,
    gentle: args.gentle,
    everyHop: args.hops,
    sweep: args.sweep,
    mss: args.mss,
    flows: args.flows,
  };
}

/** The same options as words of a command line. */
export const probeWords = (args: OptionValues<typeof probeOptions>): readonly string[] =>
  (Object.keys(probeOptions) as (keyof typeof probeOptions)[]).flatMap((name) => {
    const value = args[name];
    if (value === undefined || value === false) return [];
    const dashed = String(name).length === 1 ? `-${name}` : `--${name}`;
    return value === true ? [dashed] : [`${dashed}=${value}`];
  });

/** True where a measurement has to give something up. */
export const isRoot = ({ getuid, setuid }: Terminal): boolean =>
  process.platform === 'linux' && setuid !== undefined && getuid?.() === 0;

/**
 * Where this process is root: no more of it than the sockets, from here on. What stays root is said.
 * Everything that only root may read is to be read before, and what is printed later to be loaded.
 */
export async function asLesserUser(
  terminal: Terminal,
  hosts: readonly string[],
  { family, engine, device }: ProbeRequest,
): Promise<void> {
  const runsAs = await giveUpRoot(terminal, { hosts, family, engine, device });
  if (runsAs && 'kept' in runsAs)
    terminal.stderr.write(`mtucalc: answers are read as root: ${visibleLine(runsAs.kept)}\n`);
}
