// Writes the numbers of src/analyze/flow/flow-columns.ts into the code that uses them. esbuild turns a module's constants
// into variables when it bundles, which the engine cannot fold; the flow table is indexed with them for every packet.
// AssemblyScript knows no objects of constants at all.
import { readFile } from 'node:fs/promises';
import { buildSync } from 'esbuild';

const source = 'src/analyze/flow/flow-columns.ts';
/** The import of the columns, whichever way the two kinds of source spell it. */
const importing = /^import \{[^}]*\} from '[^']*\/flow-columns(?:\.js)?';\n/m;

/** Answers a function that writes the numbers into code; code that imports none of the columns comes back as it was. */
export async function columnWriter() {
  const [{ text }] = buildSync({ entryPoints: [source], write: false, format: 'esm' }).outputFiles;
  const columns = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  const numbers = new Map();
  for (const [name, value] of Object.entries(columns)) {
    if (typeof value === 'number') numbers.set(name, value);
    else for (const [key, number] of Object.entries(value)) numbers.set(`${name}.${key}`, number);
  }
  return (code) => {
    const found = importing.exec(code);
    if (found === null) return code;
    // Behind the import, a name of a column is that column; `x.D.FLAGS` or a longer name is something else.
    const body = code
      .slice(found.index + found[0].length)
      .replace(/(?<![\w.$])[A-Z]+(?:_[A-Z]+)*(?:\.[A-Z_]+)?(?![\w$])/g, (name) => `${numbers.get(name) ?? name}`);
    return code.slice(0, found.index) + body;
  };
}

export const inlineColumns = {
  name: 'inline-columns',
  async setup({ onLoad }) {
    const written = await columnWriter();
    onLoad({ filter: /[\\/]src[\\/]analyze[\\/].+\.ts$/ }, async ({ path }) => ({
      contents: written(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};
