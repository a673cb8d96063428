// Writes schemas/COMMAND.json, a JSON Schema for what `--json` prints, from the types of the values. Run: npm run schemas
import { mkdirSync, writeFileSync } from 'node:fs';
import { createGenerator } from 'ts-json-schema-generator';

/** The type of each command's value, as src/report/values.ts has it. */
const types = {
  calc: 'Calculation',
  compare: 'Comparison',
  identify: 'Identification',
  ciphers: 'CatalogueAnswer',
  import: 'Imported',
  completion: 'CompletionScript',
  snippet: 'SnippetSet',
  analyze: 'AnalyzeAnswer',
  lint: 'LintResult',
  probe: 'ProbeAnswer',
  verify: 'Verification',
  doctor: 'Diagnosis',
};

const generator = createGenerator({
  path: 'src/report/values.ts',
  tsconfig: 'tsconfig.json',
  // The compiler has judged the types already; this one only reads them.
  skipTypeCheck: true,
  additionalProperties: false,
});
mkdirSync('schemas', { recursive: true });
for (const [command, type] of Object.entries(types)) {
  const { $schema, ...schema } = generator.createSchema(type);
  const whole = { $schema, title: `What mtucalc ${command} --json prints`, ...schema };
  writeFileSync(`schemas/${command}.json`, `${JSON.stringify(whole, null, 2)}\n`);
}
