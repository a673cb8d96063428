import type { Catalogue } from '../../mtu/catalogue.js';
import type { Reporter } from '../format.js';
import type { CatalogueTable, Look } from '../look.js';
import { table } from './table.js';

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
    table(
      ['WAN', 'link MTU', 'name', 'source'],
      wan.map((row) => [names(row, look), String(row.linkMtu), row.name, row.source]),
      { right: [1], colour: look.colour },
    ),
  headers: ({ headers }, look) =>
    table(
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
      { right: [1], colour: look.colour },
    ),
  tunnels: ({ tunnels }, look) =>
    table(
      ['tunnel', 'stack, outermost first', 'mode', 'name'],
      tunnels.map((row) => [names(row, look), row.stack, row.mode ?? '', row.name]),
      { colour: look.colour },
    ),
  implementations: ({ implementations }, look) =>
    table(
      ['implementation', 'what differs', 'source'],
      implementations.map((row) => [names(row, look), row.says, row.source]),
      { colour: look.colour },
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
    colour.bold('Encryption and combined modes (octets; align: what payload and trailer are padded to)'),
    table(['id', 'name', 'align', 'IV', 'ICV', 'key bits', 'IANA', 'RFC 8221', 'source'], encryption, {
      right: [2, 3, 4, 6],
      colour,
    }),
    '',
    colour.bold('Integrity (octets on the wire)'),
    table(['id', 'name', 'ICV', 'IANA', 'RFC 8221', 'source'], integrity, { right: [2, 3], colour }),
  ].join('\n');
}
