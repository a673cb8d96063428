import { palette, printJson } from '../../report/terminal.js';
import { table } from '../../report/text/table.js';
import { command } from '../command.js';
import { commonOptions } from '../common-options.js';
import { catalogueOf, profileOptions } from '../profile-options.js';

const lists = ['wan', 'headers', 'tunnels', 'implementations'] as const;

export const ciphers = command({
  name: 'ciphers',
  summary: 'The tables themselves: transforms, WANs, headers, tunnels, implementations, with sources.',
  positionals: [],
  options: {
    wan: { type: 'boolean', describe: 'access links' },
    headers: { type: 'boolean', describe: 'headers a --stack may name' },
    tunnels: { type: 'boolean', describe: 'tunnels by name' },
    implementations: { type: 'boolean', describe: 'where products differ from the RFCs' },
    aliases: { type: 'boolean', describe: 'every spelling of each row' },
    ciphers: profileOptions.ciphers,
    ...commonOptions,
  },
  examples: [
    ['mtucalc ciphers', 'ESP transforms: block, IV, ICV, IANA number, RFC section'],
    ['mtucalc ciphers --wan', 'access links and their MTUs'],
  ],
  async run(args, terminal) {
    const catalogue = await catalogueOf(args);
    if (args.json) {
      printJson(terminal, { schemaVersion: 1, ...catalogue });
      return 0;
    }
    const colour = palette(terminal.stdout, terminal.env);
    const names = (row: { readonly id: string; readonly aliases: readonly string[] }): string =>
      args.aliases ? [row.id, ...row.aliases].join(', ') : row.id;
    const number = (value: number | null): string => (value === null ? '-' : String(value));
    const drawn = {
      wan: () =>
        table(
          ['WAN', 'link MTU', 'name', 'source'],
          catalogue.wan.map((row) => [names(row), String(row.linkMtu), row.name, row.source]),
          { right: [1], colour },
        ),
      headers: () =>
        table(
          ['header', 'octets', 'rides on', 'gives', 'options', 'source'],
          catalogue.headers.map((row) => [
            names(row),
            String(row.octets),
            row.on.join(', '),
            row.gives,
            Object.entries(row.options ?? {})
              .map(([id, { octets }]) => `${id} +${octets}`)
              .join(', '),
            row.source,
          ]),
          { right: [1], colour },
        ),
      tunnels: () =>
        table(
          ['tunnel', 'stack, outermost first', 'mode', 'name'],
          catalogue.tunnels.map((row) => [names(row), row.stack, row.mode ?? '', row.name]),
          { colour },
        ),
      implementations: () =>
        table(
          ['implementation', 'what differs', 'source'],
          catalogue.implementations.map((row) => [names(row), row.says, row.source]),
          { colour },
        ),
    };
    const asked = lists.filter((list) => args[list]);
    const text = asked.length > 0 ? asked.map((list) => drawn[list]()).join('\n\n') : transforms();
    terminal.stdout.write(`${text}\n`);
    return 0;

    function transforms(): string {
      const encr = catalogue.encr.map((row) => [
        names(row),
        row.name,
        String(Math.max(4, row.block)),
        String(row.iv),
        String(row.icv),
        row.keyBits.join('/'),
        number(row.iana),
        row.status ?? '-',
        row.source,
      ]);
      const integ = catalogue.integ.map((row) => [
        names(row),
        row.name,
        String(row.icv),
        number(row.iana),
        row.status ?? '-',
        row.source,
      ]);
      return [
        colour.bold('Encryption and combined modes (octets; align: what payload and trailer are padded to)'),
        table(['id', 'name', 'align', 'IV', 'ICV', 'key bits', 'IANA', 'RFC 8221', 'source'], encr, {
          right: [2, 3, 4, 6],
          colour,
        }),
        '',
        colour.bold('Integrity (octets on the wire)'),
        table(['id', 'name', 'ICV', 'IANA', 'RFC 8221', 'source'], integ, { right: [2, 3], colour }),
      ].join('\n');
    }
  },
});
