import type { Command } from '../command.js';

/** A command's own code is imported when that command runs. */
interface Entry {
  readonly name: string;
  readonly summary: string;
  // biome-ignore lint/suspicious/noExplicitAny: each command has its own option table.
  load(): Promise<Command<any>>;
}

/** The registry: one line for each command. */
export const commands = [
  {
    name: 'calc',
    summary: 'tunnel MTU and safe TCP MSS from cipher, WAN and tunnel (the default command)',
    load: async () => (await import('./calc.js')).calc,
  },
] as const satisfies readonly Entry[];
