import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

const folder = new URL('../schemas/', import.meta.url);
export const schemaNames = readdirSync(folder).map((name) => name.replace(/\.json$/, ''));

const ajv = new Ajv({ allErrors: false, strict: false });
const compiled = new Map<string, ValidateFunction>();
const validatorOf = (name: string): ValidateFunction => {
  const known = compiled.get(name);
  if (known) return known;
  const made = ajv.compile(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));
  compiled.set(name, made);
  return made;
};

/** What the schema of one command has against a value; '' where it fits. */
export function schemaFault(name: string, value: unknown): string {
  const validate = validatorOf(name);
  if (validate(value)) return '';
  const [first] = validate.errors ?? [];
  return `schemas/${name}.json: ${first?.instancePath} ${first?.message} ${JSON.stringify(first?.params)} (npm run schemas writes them anew)`;
}

/**
 * Whether a text that looks like an answer in JSON is one: it must fit the schema of a command. Every test that prints
 * one to a terminal of `fakeTerminal` comes by here.
 */
export function checkAnswer(text: string): void {
  if (!text.startsWith('{\n  "schemaVersion"')) return;
  const value: unknown = JSON.parse(text);
  const faults: string[] = [];
  for (const name of schemaNames) {
    const fault = schemaFault(name, value);
    if (fault === '') return;
    faults.push(fault);
  }
  throw new Error(`this JSON fits no schema:\n${faults.join('\n')}\n${text.slice(0, 400)}`);
}
