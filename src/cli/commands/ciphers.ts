import { catalogueTables } from '../../report/look.js';
import { SCHEMA_VERSION } from '../../schema-version.js';
import { command } from '../command.js';
import { flag, off } from '../option.js';
import { outputOptions } from '../output-options.js';
import { catalogueOf, profileOptions } from '../profile-options.js';

export const ciphers = command({
  name: 'ciphers',
  answers: 'ciphers',
  summary: 'The tables themselves: transforms, WANs, headers, tunnels, implementations, with sources.',
  positionals: [],
  options: {
    wan: flag({ describe: 'access links' }),
    headers: flag({ describe: 'headers a --stack may name' }),
    tunnels: flag({ describe: 'tunnels by name' }),
    implementations: flag({ describe: 'where products differ from the RFCs' }),
    aliases: off({ describe: 'every spelling of each row' }),
    ciphers: profileOptions.ciphers,
    ...outputOptions,
  },
  examples: [
    ['mtucalc ciphers', 'ESP transforms: block, IV, ICV, IANA number, RFC section'],
    ['mtucalc ciphers --wan', 'access links and their MTUs'],
  ],
  async run(args) {
    const catalogue = await catalogueOf(args);
    const tables = catalogueTables.filter((name) => args[name]);
    return {
      kind: 'ciphers',
      value: { schemaVersion: SCHEMA_VERSION, ...catalogue },
      shows: { tables, aliases: args.aliases },
    };
  },
});
