import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { folderOf, momentOf } from '../../../src/report/rows/columns.js';
import { cellText, csv } from '../../../src/report/rows/csv.js';
import { findingTable } from '../../../src/report/rows/finding-row.js';
import { flowTable } from '../../../src/report/rows/flow-row.js';
import { rowFormatOf } from '../../../src/report/rows/index.js';
import { ndjson } from '../../../src/report/rows/ndjson.js';
import { GROUP, parquet } from '../../../src/report/rows/parquet.js';
import { fileOf, nothing, type Sample, sample, sampleTable, written } from './sample.js';

const text = (octets: Uint8Array): string => new TextDecoder().decode(octets);

describe('CSV', () => {
  test.for([
    ['plain', 'plain'],
    ['', '""'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\r\nlines', 'two\\u000d\\u000alines'],
    ['\u001b[2J', '\\u001b[2J'],
    ['\u202egpj.pcap', '\\u202egpj.pcap'],
    ['=1+1', "'=1+1"],
    ['+49', "'+49"],
    ['-x.pcap', "'-x.pcap"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\\u0009=1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['a=1', 'a=1'],
  ] as const)('%j is written as %j', ([value, expected]) => expect(cellText(value, 'text')).toBe(expected));
  test.for([
    [null, 'text', ''],
    [-5, 'int32', '-5'],
    [0.25, 'double', '0.25'],
    [false, 'boolean', 'false'],
    ['2026-03-01T10:00:00.123456Z', 'time', '2026-03-01T10:00:00.123456Z'],
  ] as const)('%j of %s: %j', ([value, type, expected]) => expect(cellText(value, type)).toBe(expected));
  test('a header, then a line a row, CRLF', () => {
    expect(text(written(csv, sampleTable, [sample(), nothing]))).toBe(
      'name,small,large,real,yes,at\r\na,1,1099511627776,0.5,true,2026-03-01T10:00:00.123456Z\r\n,,,,,\r\n',
    );
  });
});

describe('NDJSON', () => {
  test('a line a row; nothing is hidden, and the value is the same', () => {
    const rows = [sample({ name: 'a\n\u001b[2J\u009b\u2028\u202e\ufeff"' }), nothing];
    const lines = text(written(ndjson, sampleTable, rows)).split('\n');
    expect(lines.map((line) => line && JSON.parse(line))).toEqual([...rows, '']);
    expect(lines[0]).toContain('"a\\n\\u001b[2J\\u009b\\u2028\\u202e\\ufeff\\""');
  });
});

describe('Parquet', () => {
  const back = async (octets: Uint8Array): Promise<unknown[]> => {
    const file = octets.buffer.slice(octets.byteOffset, octets.byteOffset + octets.length) as ArrayBuffer;
    return parquetReadObjects({ file });
  };
  const stored = (row: Sample) => ({
    ...row,
    large: row.large === null ? null : BigInt(row.large),
    at: row.at === null ? null : new Date(row.at),
  });
  test.for([
    ['none', []],
    ['one', [sample()]],
    ['all null', [nothing, nothing]],
    ['names of every kind', ['', '=1', '\u0000', '\u202e', '日本', '🐟'].map((name) => sample({ name }))],
  ] as const)('%s: what is read is what was written', async ([, rows]) => {
    expect(await back(written(parquet, sampleTable, rows))).toEqual(rows.map(stored));
  });
  test.for([GROUP - 1, GROUP, GROUP + 1])('%i rows, taken as they come', async (count) => {
    const rows = Array.from({ length: count }, (_, index) =>
      sample({ small: index, name: index % 3 ? `n${index}` : null }),
    );
    const octets = written(parquet, sampleTable, rows, true);
    expect(octets).toEqual(written(parquet, sampleTable, rows));
    const read = await back(octets);
    expect([read.length, read[0], read.at(-1)]).toEqual([count, stored(rows[0]!), stored(rows.at(-1)!)]);
  });
});

describe('whose file it is', () => {
  const foreign = (rows: string) => fileOf(new TextEncoder().encode(rows));
  const formats = { csv, ndjson, parquet };
  const blank = (columns: object) => Object.fromEntries(Object.keys(columns).map((name) => [name, null]));
  test.for(['csv', 'ndjson', 'parquet'] as const)('%s of both tables is ours, the others are not', async (id) => {
    for (const table of [flowTable, findingTable]) {
      const octets = written(formats[id], table as never, [blank(table.columns) as never]);
      for (const [other, format] of Object.entries(formats))
        expect([other, await format.isOurs(fileOf(octets))]).toEqual([other, other === id]);
    }
  });
  const header = Object.keys(flowTable.columns).join(',');
  test.for([
    ['csv', 'a,b\r\n'],
    ['csv', `${header},more\r\n`],
    ['csv', `${header}`],
    ['csv', `x\r\n${header}\r\n`],
    ['ndjson', '{"schema_version":1}\n'],
    ['ndjson', `${JSON.stringify({ ...blank(flowTable.columns), more: 1 })}\n`],
    ['ndjson', 'no JSON\n'],
    ['ndjson', '[1]\nnull\n'],
    ['ndjson', `${'['.repeat(70_000)}\n`],
    ['parquet', 'PAR1'],
    ['parquet', 'PAR1created_by mtucalc\u0000\u0000\u0000\u0000PAR1'],
    ['parquet', 'PAR1xxxx\u00ff\u00ff\u00ff\u007fPAR1'],
    ['parquet', `PAR1${'\u0019'.repeat(16)}\u0010\u0000\u0000\u0000PAR1`],
  ] as const)('%s %j is not', async ([id, rows]) => expect(await formats[id].isOurs(foreign(rows))).toBe(false));
  test('a Parquet of others that names us in a column is not', async () => {
    const { parquetWriteBuffer } = await import('hyparquet-writer');
    const columnData = [{ name: 'created_by', data: ['created_by', 'mtucalc'] }];
    const octets = new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'mtucalc' }));
    expect(await parquet.isOurs(fileOf(octets))).toBe(false);
    const kvMetadata = [{ key: 'created_by', value: 'mtucalc' }];
    expect(await parquet.isOurs(fileOf(new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata }))))).toBe(true);
  });
});

describe('the form, by the name', () => {
  test.for(['x.parquet', 'a.b/x.PARQUET', 'x.csv', 'x.ndjson'])('%s', async (path) => {
    expect(path.toLowerCase()).toContain((await rowFormatOf(path)).id);
  });
  test.for(['x', 'x.json', 'x.csv.gz', 'a.csv/x', 'x.constructor', '.'])('%s is refused', async (path) => {
    await expect(rowFormatOf(path)).rejects.toMatchObject({ code: 'bad-value' });
  });
});

describe('cells that are made', () => {
  test.for([
    [0, '1970-01-01T00:00:00.000000Z'],
    [1_772_359_200.123456, '2026-03-01T10:00:00.123456Z'],
    [1_772_359_199.999999_8, '2026-03-01T10:00:00.000000Z'],
    [4_294_967_295.5, '2106-02-07T06:28:15.500000Z'],
    [253_402_300_800, null],
    [null, null],
  ] as const)('%d s: %s', ([seconds, expected]) => expect(momentOf(seconds)).toBe(expected));
  test.for([
    ['paris/2026-11-26/x.pcap', '2026-11-26'],
    ['C:\\caps\\berlin\\x.pcap', 'berlin'],
    ['/x.pcap', null],
    ['./x.pcap', null],
    ['../x.pcap', null],
    ['x.pcap', null],
    ['-', null],
  ] as const)('folder of %s: %s', ([file, expected]) => expect(folderOf(file)).toBe(expected));
});
