// Judges the queries of docs/captures-at-scale.md with DuckDB over generated captures: each runs, and answers what the
// commands themselves say of the same captures. Run: npm run test:duckdb
import { deepStrictEqual } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { answers, type Told } from './answers.js';
import { type Generated, generate } from './thousand.js';

const DUCKDB = '@duckdb/node-api@1.5.6-r.1';
const CAPTURES = 1000;

/** What of DuckDB's package is used; it is no dependency, so its types are not there. */
interface DuckDb {
  readonly DuckDBInstance: {
    create(path: string): Promise<{
      connect(): Promise<{
        runAndReadAll(sql: string): Promise<{ getRowObjectsJS(): Record<string, unknown>[] }>;
      }>;
    }>;
  };
}
const name = DUCKDB.replace(/@[^@]+$/, '');
const duckdb = (await import(name).catch(() => {
  console.error(`DuckDB is not here; install it with: npm install --no-save ${DUCKDB}`);
  process.exit(1);
})) as DuckDb;

const queries = [
  ...readFileSync('docs/captures-at-scale.md', 'utf8').matchAll(/^```sql\n-- (.*)\n([\s\S]*?)^```$/gm),
].map(([, title = '', sql = '']) => ({ title, sql }));
deepStrictEqual(
  queries.map(({ title }) => title),
  ['Views', ...Object.keys(answers)],
  'a query has no answer here, or the other way round',
);

const folder = mkdtempSync(join(tmpdir(), 'mtucalc-duckdb-'));
const program = resolve('bin/mtucalc.js');
const now = Math.floor(Date.now() / 1000);
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(2)} s`;

/** One day's captures to rows, as the cron line does it; what the command says of each. */
function exported(day: number, made: ReadonlyMap<string, Generated>, end = 'parquet'): Told[] {
  const argv = [
    'analyze',
    `day-${day}`,
    '--format',
    'ndjson',
    '--export-flows',
    `flows/${day}.${end}`,
    '--export-findings',
    `findings/${day}.${end}`,
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 1) throw new Error(`mtucalc ${argv.join(' ')}: ${status}\n${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const result = JSON.parse(line);
      return { ...made.get(result.file)!, result };
    });
}

/** A value of DuckDB as the answers have it. */
function plain(value: unknown, column: string): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (!(value instanceof Date)) return value;
  // The captures begin within a second of their time.
  return column === 'day' ? value.toISOString().slice(0, 10) : Math.floor(value.getTime() / 1000);
}

try {
  for (const name of ['flows', 'findings']) mkdirSync(join(folder, name));
  const made = new Map(generate(folder, CAPTURES, now).map((one) => [one.file, one]));
  let begun = performance.now();
  const told = [...Array(14).keys()].flatMap((day) => exported(day, made));
  console.log(`${told.length} captures judged and written in ${seconds(begun)}`);
  deepStrictEqual(told.length, CAPTURES);
  exported(0, made, 'csv');
  exported(0, made, 'ndjson');
  process.chdir(folder);
  const connection = await (await duckdb.DuckDBInstance.create(':memory:')).connect();
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
  await ask("set timezone = 'America/St_Johns'");
  for (const { title, sql } of queries) {
    begun = performance.now();
    // A time of day of another zone would show here; days are counted in UTC, as the captures are.
    if (title.includes('day by day')) await ask("set timezone = 'UTC'");
    const rows: Record<string, unknown>[] = [];
    for (const statement of sql.split(/;\n?/).filter((one) => one.trim() !== '')) rows.push(...(await ask(statement)));
    console.log(`${seconds(begun).padStart(8)} ${String(rows.length).padStart(5)} rows  ${title}`);
    const expected = answers[title]?.(told, now);
    if (!expected) continue;
    if (expected.length === 0) throw new Error(`${title} asks for nothing that these captures have`);
    deepStrictEqual(
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value, key)]))),
      expected,
      title,
    );
  }
  for (const table of ['flows', 'findings']) {
    const same = async (file: string) =>
      ask(
        `select count(*) as n, count(distinct file) as files, max(epoch_us(capture_start)) as last, sum(hash(file, folder, verdict)) as words from ${file}`,
      );
    const [parquet, csv, ndjson] = await Promise.all(
      ['parquet', 'csv', 'ndjson'].map((end) => same(`'${table}/0.${end}'`)),
    );
    deepStrictEqual(csv, parquet);
    deepStrictEqual(ndjson, parquet);
    const [{ n }] = (await ask(`select count(*) as n from ${table}`)) as [{ n: bigint }];
    console.log(`${n} rows of ${table}; CSV and NDJSON are the same rows`);
  }
} finally {
  process.chdir(tmpdir());
  rmSync(folder, { recursive: true });
}
