import type { ProbeRequest } from '../app/probe-host.js';
import { MtucalcError } from '../error.js';
import type { OptionTable } from './command.js';
import { choice, flag, once, wholeNumber } from './option.js';

/** How to send, on every command that measures. */
export const probeOptions = {
  4: { type: 'boolean', describe: 'IPv4 only', group: 'Path:' },
  6: { type: 'boolean', describe: 'IPv6 only', group: 'Path:' },
  source: { type: 'string', requiresArg: true, describe: 'send from this address', group: 'Path:' },
  interface: { type: 'string', alias: 'i', requiresArg: true, describe: 'send by this interface', group: 'Path:' },
  engine: {
    type: 'string',
    requiresArg: true,
    describe: 'raw, errqueue or ping; otherwise the one that sees most here (mtucalc doctor)',
    group: 'Probes:',
  },
  protocol: { type: 'string', requiresArg: true, describe: 'icmp (default), udp or tcp', group: 'Probes:' },
  port: {
    type: 'string',
    requiresArg: true,
    describe: 'destination port of UDP (33434) and TCP (443) probes',
    group: 'Probes:',
  },
  max: {
    type: 'string',
    requiresArg: true,
    describe: 'largest size of interest, octets of the whole IP packet',
    group: 'Probes:',
  },
  min: {
    type: 'string',
    requiresArg: true,
    describe: 'size of the control probes, octets (576, IPv6 1280)',
    group: 'Probes:',
  },
  pps: { type: 'string', requiresArg: true, describe: 'packets per second, at most', group: 'Probes:' },
  'max-probes': {
    type: 'string',
    requiresArg: true,
    describe: 'packets in all, at most (100; 600 to private addresses)',
    group: 'Probes:',
  },
  gentle: { type: 'boolean', describe: 'one packet at a time', default: false, group: 'Probes:' },
  hops: { type: 'boolean', describe: 'ask every hop, for a complete table', default: false, group: 'Probes:' },
} as const satisfies OptionTable;

export function probeRequestOf(args: Readonly<Record<string, unknown>>): ProbeRequest {
  const [only4, only6] = [flag(args, '4'), flag(args, '6')];
  if (only4 && only6) throw new MtucalcError('usage', '-4 and -6 exclude each other', 'give one of them');
  return {
    family: only4 ? 4 : only6 ? 6 : undefined,
    engine: choice(args, 'engine', ['raw', 'errqueue', 'ping']),
    protocol: choice(args, 'protocol', ['icmp', 'udp', 'tcp']),
    port: wholeNumber(args, 'port', [1, 65535]),
    max: wholeNumber(args, 'max', [68, 65535]),
    min: wholeNumber(args, 'min', [68, 65535]),
    pps: wholeNumber(args, 'pps', [1, 10_000]),
    maxProbes: wholeNumber(args, 'max-probes', [5, 10_000]),
    source: once(args, 'source'),
    device: once(args, 'interface'),
    gentle: flag(args, 'gentle') ?? false,
    everyHop: flag(args, 'hops') ?? false,
  };
}
