// The page's two scripts: what the first number needs, and what reads pastes and captures, which travels deflated. What
// both use stands in the first, which gives it to the second under one global name; it is found by esbuild.
import { build } from 'esbuild';
import { minify } from 'terser';

const GIVEN = 'mtucalcShared';
/** What one output of esbuild takes from another: `import { a as b, c } from "./chunk-X.js";` */
const IMPORT = /^import \{([^}]*)\} from "\.\/([^"]+)";\n/m;

/**
 * @param first entry of the first script
 * @param second entry of the second one
 * @returns both as text that ends no script element
 */
export async function pageScripts(first, second, choices) {
  const usual = { bundle: true, write: false, target: 'es2022', platform: 'browser', charset: 'utf8', outdir: '.' };
  const { outputFiles } = await build({
    ...usual,
    ...choices,
    entryPoints: { first, second },
    splitting: true,
    format: 'esm',
    chunkNames: 'shared',
  });
  const outputs = new Map(outputFiles.map(({ path, text }) => [path.replace(/.*[\\/]/, './'), text]));
  const [statement, names] = IMPORT.exec(outputs.get('./second.js')) ?? [];
  if (outputs.size !== 3 || statement === undefined) throw new Error('the page is no longer two scripts and one share');
  const taken = names.split(',').map((name) => name.trim().split(' as '));
  const {
    outputFiles: [whole],
  } = await build({
    ...usual,
    format: 'iife',
    stdin: {
      contents: `import './first.js'; import { ${taken.map(([name]) => name)} } from './shared.js';
        globalThis.${GIVEN} = { ${taken.map(([name]) => name)} };`,
    },
    plugins: [
      {
        name: 'outputs',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^\.\// }, ({ path }) => ({ path, namespace: 'outputs' }));
          onLoad({ filter: /./, namespace: 'outputs' }, ({ path }) => ({ contents: outputs.get(path) }));
        },
      },
    ],
  });
  const given = taken.map(([name, local = name]) => `${name}: ${local}`);
  const rest = outputs.get('./second.js').replace(statement, `const { ${given} } = ${GIVEN};\n`);
  return await Promise.all([whole.text, `(() => {${rest}})();`].map(minified));
}

async function minified(text) {
  // Measured on these scripts: terser leaves 6 % less after gzip than esbuild.
  const { code } = await minify(text, { ecma: 2022, compress: { passes: 3, ecma: 2022 } });
  return inScript(code.trim());
}

/** Text that ends no script element (HTML 13.2.5.4) and begins no comment in one. */
const inScript = (text) => text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
