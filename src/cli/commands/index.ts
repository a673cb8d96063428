import type { Command } from '../command.js';

/** A command's own code is imported when that command runs. */
interface Entry {
  readonly name: string;
  readonly summary: string;
  // biome-ignore lint/suspicious/noExplicitAny: each command has its own option table.
  load(): Promise<Command<any>>;
}

/** The registry: one line for each command. */
export const commands: readonly Entry[] = [
  {
    name: 'calc',
    summary: 'tunnel MTU and safe TCP MSS from cipher, WAN and tunnel (the default command)',
    load: async () => (await import('./calc.js')).calc,
  },
  {
    name: 'compare',
    summary: 'a matrix of suites, NAT-T and WANs',
    load: async () => (await import('./compare.js')).compare,
  },
  {
    name: 'identify',
    summary: 'which stacks give exactly an observed number',
    load: async () => (await import('./identify.js')).identify,
  },
  {
    name: 'ciphers',
    summary: 'the tables themselves, with sources',
    load: async () => (await import('./ciphers.js')).ciphers,
  },
  {
    name: 'import',
    summary: 'pasted device output (xfrm, swanctl, RouterOS, Cisco, FortiOS, WireGuard) to profile and tunnel MTU',
    load: async () => (await import('./import.js')).importCommand,
  },
  {
    name: 'page',
    summary: 'the calculator as one HTML file, for a browser without a network',
    load: async () => (await import('./page.js')).page,
  },
  {
    name: 'completion',
    summary: 'the completion script for bash, zsh, fish or PowerShell',
    load: async () => (await import('./completion.js')).completion,
  },
  {
    name: 'snippet',
    summary: 'configuration that clamps the MSS, for every box between the hosts',
    load: async () => (await import('./snippet.js')).snippet,
  },
  {
    name: 'analyze',
    summary: 'what a capture shows: PMTUD, clamps, fragments, black holes, and the number that fixes them',
    load: async () => (await import('./analyze.js')).analyze,
  },
  {
    name: 'lint',
    summary: 'what breaks tunnels in a RouterOS, iptables, nftables or strongSwan configuration',
    load: async () => (await import('./lint.js')).lint,
  },
  {
    name: 'probe',
    summary: 'the exact path MTU to a host, also without root, also through a black hole',
    load: async () => (await import('./probe.js')).probe,
  },
  {
    name: 'listen',
    summary: 'the far end for mtucalc probe --peer: each direction measured on its own',
    load: async () => (await import('./listen.js')).listen,
  },
  {
    name: 'watch',
    summary: 'paths over time: what changed, for cron, for a terminal and for Prometheus',
    load: async () => (await import('./watch.js')).watch,
  },
  {
    name: 'verify',
    summary: 'computes a tunnel, measures it, and names the layer that makes the difference',
    load: async () => (await import('./verify.js')).verify,
  },
  {
    name: 'diagnose',
    summary: 'everything you have put together: cause, evidence, lines to paste, how to check',
    load: async () => (await import('./diagnose.js')).diagnose,
  },
  {
    name: 'doctor',
    summary: 'which probe engines work here, and the one command that would unlock more',
    load: async () => (await import('./doctor.js')).doctor,
  },
];
