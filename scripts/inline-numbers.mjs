// Offsets, ports, flags, columns stand once, as tables of constants in TypeScript. esbuild turns such tables into
// variables when it bundles, which the engine cannot fold, and the hot road uses them for every packet; AssemblyScript
// knows no objects at all. Here the numbers are written where they are used, and put into words that AssemblyScript
// knows.
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { buildSync, transform } from 'esbuild';

/** Files whose exported numbers, and tables of numbers, are written into their users. */
const tables =
  /^src\/(?:packet\/[^/]+|frame\/(?:header|header-bits|link-type|frame-batch)|capture\/(?:limits|block|pcap-record)|analyze\/flow\/(?:flow-clock|flow-columns|seen-segments|segment|sizes|shape-table|udp-columns|udp-times))\.ts$/;
/** One import of a TypeScript source that names what it takes. */
const importing = /^import \{([^}]*)\} from '(\.[^']*?)(?:\.js)?';\n/gm;

/** What a file exports that is a number or a table of numbers. */
const known = new Map();
export async function numbersOf(file) {
  if (!known.has(file)) {
    const [{ text }] = buildSync({ entryPoints: [file], write: false, format: 'esm', bundle: true }).outputFiles;
    const exported = await import(`data:text/javascript,${encodeURIComponent(text)}`);
    const isTable = (value) =>
      value?.constructor === Object && Object.values(value).every((number) => typeof number === 'number');
    known.set(
      file,
      new Map(Object.entries(exported).filter(([, value]) => typeof value === 'number' || isTable(value))),
    );
  }
  return known.get(file);
}

/** The code of `file` with the numbers it imports in place of their names, as JavaScript. */
export async function withNumbers(file, code) {
  const define = {};
  let rest = code;
  for (const [statement, names, target] of code.matchAll(importing)) {
    const from = join(dirname(file), `${target}.ts`).split(sep).join('/');
    if (!tables.test(from)) continue;
    const numbers = await numbersOf(from);
    const kept = [];
    for (const name of names.split(',').map((part) => part.trim())) {
      const [exported, local = exported] = name.split(/\s+as\s+/);
      const value = numbers.get(exported);
      if (typeof value === 'number') define[local] = String(value);
      // A table that is also used as a whole stays what it is.
      else if (
        value &&
        !new RegExp(`(?<![\\w.$])${local}(?![\\w$]|\\s*\\.\\s*\\w)`).test(code.replace(importing, ''))
      ) {
        for (const [key, number] of Object.entries(value)) define[`${local}.${key}`] = String(number);
      } else if (name !== '') kept.push(name);
    }
    rest = rest.replace(statement, kept.length > 0 ? `import { ${kept.join(', ')} } from '${target}.js';\n` : '');
  }
  // By the syntax tree: a local name that is the same, or a word in a string, is left alone.
  return (await transform(rest, { loader: 'ts', define, target: 'esnext' })).code;
}

export const inlineNumbers = {
  name: 'inline-numbers',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/](?:frame|capture|analyze)[\\/].+\.ts$/ }, async ({ path }) => ({
      contents: await withNumbers(relative('.', path), await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

const typeOf = (number) => (Number.isInteger(number) ? 'i32' : 'f64');

/** The same numbers as AssemblyScript. */
export async function asAssembly(file) {
  const lines = [];
  for (const [name, value] of await numbersOf(file)) {
    if (typeof value === 'number') lines.push(`export const ${name}: ${typeOf(value)} = ${value};`);
    else {
      const inside = Object.entries(value).map(
        ([key, number]) => `  export const ${key}: ${typeOf(number)} = ${number};`,
      );
      lines.push(`export namespace ${name} {`, ...inside, '}');
    }
  }
  return lines.join('\n');
}
