import { catalogue } from '../../ciphers/index.js';
import type { Command } from './command.js';
import { commands } from './commands/index.js';

/** Values that complete an option, by the option's name. */
const values: Record<string, () => readonly string[]> = {
  wan: () => catalogue.wan.map(({ id }) => id),
  tunnel: () => catalogue.tunnels.map(({ id }) => id),
  impl: () => catalogue.implementations.map(({ id }) => id),
  auth: () => catalogue.integ.map(({ id }) => id),
  cipher: () => [
    'aes256-sha256',
    'aes256-sha1',
    'aes128-sha256',
    'aes256gcm16',
    'aes128gcm16',
    'chacha20poly1305',
    '3des-sha1',
  ],
};

/** What may stand where the last of these words is being typed; from the definitions that parse the command line. */
export async function candidates(words: readonly string[]): Promise<readonly string[]> {
  const current = words.at(-1) ?? '';
  const [first] = words;
  const entry = commands.find(({ name }) => name === first) ?? commands.find(({ name }) => name === 'calc');
  const { options }: Command = await (entry as (typeof commands)[number]).load();
  const before = words.length > 1 ? (words.at(-2) ?? '') : '';
  const asked = Object.entries(options).find(([name, { alias }]) => before === `--${name}` || before === `-${alias}`);
  const all =
    asked && !asked[1].isSwitch
      ? (values[asked[0]]?.() ?? asked[1].words ?? [])
      : [
          ...(words.length <= 1 ? commands.map(({ name }) => name) : []),
          ...Object.keys(options).map((name) => `--${name}`),
          '--help',
        ];
  return all.filter((candidate) => candidate.startsWith(current));
}
