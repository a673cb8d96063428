// The whole program in one CommonJS file, with its native parts taken from inside the executable: what Node's single
// executable can run, which knows no files beside it.
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { inlineNumbers } from '../inline-numbers.mjs';

/** Native packages by the asset that holds their code. */
const native = {
  name: 'native-from-inside',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^koffi$/ }, () => ({ path: 'koffi.node', namespace: 'inside' }));
    onResolve({ filter: /raw\.node$/ }, () => ({ path: 'raw.node', namespace: 'inside' }));
    onLoad({ filter: /.*/, namespace: 'inside' }, ({ path }) => ({
      resolveDir: '.',
      loader: 'js',
      contents: `module.exports = require('./src/io/embedded.ts').loadEmbeddedNative('${path}');`,
    }));
  },
};

const common = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  metafile: true,
  write: false,
  supported: { 'dynamic-import': false },
  plugins: [native, inlineNumbers],
  logLevel: 'warning',
  // There is no file to be beside.
  banner: { js: "const __mtucalcUrl=require('node:url').pathToFileURL(process.execPath).href;" },
};

/** @returns the sources of the program and of its worker, and what the bundler put into them. */
export async function program() {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const define = { MTUCALC_VERSION: JSON.stringify(version), 'import.meta.url': '__mtucalcUrl' };
  const main = await build({
    ...common,
    // yargs asks for the width when it is loaded, which opens stdout.
    define: { ...define, 'process.stdout.columns': 'undefined' },
    stdin: {
      resolveDir: '.',
      loader: 'js',
      contents: `
        import { main } from './src/cli/main.js';
        import { bug } from './bin/bug.js';
        import { quickTerminal } from './bin/output.mjs';
        // As bin/mtucalc.js.
        const debug = process.argv.includes('--debug');
        const argv = process.argv.slice(2).filter((word) => word !== '--debug');
        const fail = (error) => bug(error, debug);
        process.on('uncaughtException', fail);
        main(argv, quickTerminal()).then((code) => { process.exitCode = code; }).catch(fail);`,
    },
  });
  const worker = await build({ ...common, define, entryPoints: ['src/app/analyze-worker.ts'] });
  const text = ({ outputFiles }) => outputFiles[0].text;
  return { main: text(main), worker: text(worker), metafiles: [main.metafile, worker.metafile] };
}
