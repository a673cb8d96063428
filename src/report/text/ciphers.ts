import type { Catalogue } from '../../mtu/catalogue.js';
import type { Reporter } from '../format.js';
import type { CatalogueTable, Look } from '../look.js';
import { tableWithin } from './table.js';
import { wrapText } from './wrap.js';

type Row = { readonly id: string; readonly aliases: readonly string[] };

/** The tables asked for, or the transforms. */
export const ciphersText: Reporter<'ciphers'> = (catalogue, look) => {
  const asked = look.shows?.tables ?? [];
  return `${asked.length > 0 ? asked.map((name) => drawn[name](catalogue, look)).join('\n\n') : transforms(catalogue, look)}\n`;
};

const names = (row: Row, { shows }: Look): string => (shows?.aliases ? [row.id, ...row.aliases].join(', ') : row.id);
const number = (value: number | null): string => (value === null ? '-' : String(value));

const drawn: Record<CatalogueTable, (catalogue: Catalogue, look: Look) => string> = {
  wan: ({ wan }, look) =>
    tableWithin(
      look.columns,
      ['WAN', 'link MTU', 'name', 'source'],
      wan.map((row) => [names(row, look), String(row.linkMtu), row.name, row.source]),
      { right: [1], colour: look.colour, fold: [3, 2] },
    ),
  headers: ({ headers }, look) =>
    tableWithin(
      look.columns,
      ['header', 'octets', 'rides on', 'gives', 'options', 'source'],
      headers.map((row) => [
        names(row, look),
        String(row.octets),
        row.on.join(', '),
        row.gives,
        Object.entries(row.options ?? {})
          .map(([id, { octets }]) => `${id} +${octets}`)
          .join(', '),
        row.source,
      ]),
      { right: [1], colour: look.colour, fold: [5] },
    ),
  tunnels: ({ tunnels }, look) =>
    tableWithin(
      look.columns,
      ['tunnel', 'stack, outermost first', 'mode', 'name'],
      tunnels.map((row) => [names(row, look), row.stack, row.mode ?? '', row.name]),
      { colour: look.colour, fold: [3, 1] },
    ),
  implementations: ({ implementations }, look) =>
    tableWithin(
      look.columns,
      ['implementation', 'what differs', 'source'],
      implementations.map((row) => [names(row, look), row.says, row.source]),
      { colour: look.colour, fold: [2] },
    ),
};

function transforms({ encr, integ }: Catalogue, look: Look): string {
  const { colour } = look;
  const encryption = encr.map((row) => [
    names(row, look),
    row.name,
    String(Math.max(4, row.block)),
    String(row.iv),
    String(row.icv),
    row.keyBits.join('/'),
    number(row.iana),
    row.status ?? '-',
    row.source,
  ]);
  const integrity = integ.map((row) => [
    names(row, look),
    row.name,
    String(row.icv),
    number(row.iana),
    row.status ?? '-',
    row.source,
  ]);
  return [
    ...wrapText(
      'Encryption and combined modes (octets; align: what payload and trailer are padded to)',
      look.columns,
    ).map(colour.bold),
    tableWithin(
      look.columns,
      ['id', 'name', 'align', 'IV', 'ICV', 'key bits', 'IANA', 'RFC 8221', 'source'],
      encryption,
      {
        right: [2, 3, 4, 6],
        colour,
        fold: [8, 1, 7],
        labelled: [7],
      },
    ),
    '',
    colour.bold('Integrity (octets on the wire)'),
    tableWithin(look.columns, ['id', 'name', 'ICV', 'IANA', 'RFC 8221', 'source'], integrity, {
      right: [2, 3],
      colour,
      fold: [5, 1],
    }),
  ].join('\n');
}
