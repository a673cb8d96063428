// Writes the numbers of src/analyze/flow-columns.ts into the code that uses them. esbuild turns a module's constants
// into variables when it bundles, which the engine cannot fold; the flow table is indexed with them for every packet.
import { readFile } from 'node:fs/promises';
import { buildSync } from 'esbuild';

const source = 'src/analyze/flow-columns.ts';

export const inlineColumns = {
  name: 'inline-columns',
  async setup({ onLoad }) {
    const [{ text }] = buildSync({ entryPoints: [source], write: false, format: 'esm' }).outputFiles;
    const columns = await import(`data:text/javascript,${encodeURIComponent(text)}`);
    const numbers = new Map();
    for (const [name, value] of Object.entries(columns)) {
      if (typeof value === 'number') numbers.set(name, value);
      else for (const [key, number] of Object.entries(value)) numbers.set(`${name}.${key}`, number);
    }
    onLoad({ filter: /[\\/]src[\\/]analyze[\\/][^\\/]+\.ts$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      const from = code.indexOf("} from './flow-columns.js'");
      if (from < 0) return undefined;
      // Behind the import, a name of a column is that column; `x.D.FLAGS` or a longer name is something else.
      const head = code.slice(0, from);
      const body = code
        .slice(from)
        .replace(/(?<![\w.$])[A-Z]+(?:_[A-Z]+)*(?:\.[A-Z_]+)?(?![\w$])/g, (name) => `${numbers.get(name) ?? name}`);
      return { contents: head + body, loader: 'ts' };
    });
  },
};
