// Writes schemas/COMMAND.json, a JSON Schema for what `--json` prints, from the types of the values. npm run build does
// it. Where this stops with an error, a type of that name is not exported, or not there.
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The type of each command's value, as src/report/values.ts has it. */
const types = {
  calc: 'Calculation',
  compare: 'Comparison',
  identify: 'Identification',
  ciphers: 'CatalogueAnswer',
  import: 'ImportAnswer',
  completion: 'CompletionScript',
  page: 'PageFile',
  snippet: 'SnippetSet',
  analyze: 'AnalyzeAnswer',
  lint: 'LintResult',
  probe: 'ProbeAnswer',
  far: 'FarAnswer',
  listen: 'Listened',
  watch: 'Watched',
  verify: 'Verification',
  doctor: 'Diagnosis',
  diagnose: 'Diagnosed',
};

/** The type of a row of each file that `analyze --export-…` writes: one line of its NDJSON. */
const rows = {
  'export-flows': { path: 'src/report/rows/flow-row.ts', type: 'FlowRow' },
  'export-findings': { path: 'src/report/rows/finding-row.ts', type: 'FindingRow' },
};

/** Whether a source file is younger than the schemas, or one of them is missing. */
function isStale() {
  const written = Object.keys({ ...types, ...rows }).map((command) => `schemas/${command}.json`);
  if (!written.every((file) => existsSync(file))) return true;
  const oldest = Math.min(...written.map((file) => statSync(file).mtimeMs));
  const sources = readdirSync('src', { recursive: true }).filter((name) => name.endsWith('.ts'));
  return sources.some((name) => statSync(`src/${name}`).mtimeMs > oldest);
}

/** A type on each line: a change shows which, and the package carries no blanks. */
function typeByType({ definitions, ...rest }) {
  const lines = Object.entries(definitions).map(([name, type]) => `${JSON.stringify(name)}:${JSON.stringify(type)}`);
  return `${JSON.stringify(rest).slice(0, -1)},"definitions":{\n${lines.join(',\n')}\n}}\n`;
}

/** Writes them all where a type may have changed. */
export async function writeSchemas() {
  if (!isStale()) return;
  // Loaded here: it brings a compiler along.
  const { createGenerator } = await import('ts-json-schema-generator');
  const generatorOf = (path) =>
    createGenerator({
      path,
      tsconfig: 'tsconfig.json',
      // The compiler has judged the types already; this one only reads them.
      skipTypeCheck: true,
      additionalProperties: false,
    });
  const generator = generatorOf('src/report/values.ts');
  mkdirSync('schemas', { recursive: true });
  for (const [command, type] of Object.entries(types)) {
    const { $schema, ...schema } = generator.createSchema(type);
    const whole = { $schema, title: `What mtucalc ${command} --json prints`, ...schema };
    writeFileSync(`schemas/${command}.json`, typeByType(whole));
  }
  for (const [name, { path, type }] of Object.entries(rows)) {
    const { $schema, ...schema } = generatorOf(path).createSchema(type);
    const whole = { $schema, title: `A row of mtucalc analyze --${name}, as NDJSON`, ...schema };
    writeFileSync(`schemas/${name}.json`, `${JSON.stringify(whole, null, 2)}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeSchemas();
