// dist/quick/: commands that must not keep anybody waiting, as CommonJS, which Node starts without its ES module loader.
//   NAME.cjs       the text of one function (exports, require, module, own): bin/start.js compiles it as it is
//   commands.json  which command is in which file
// What a file does not hold (help, another command, a format it does not write) throws `wholeProgramNeeded` when it is
// imported, and bin/start.js takes dist/cli.js instead.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

/** Commands that share nearly all they need are one file. */
const groups = {
  calc: ['calc', 'compare', 'identify', 'ciphers'],
  config: ['snippet', 'lint', 'import'],
  analyze: ['analyze'],
};

/** The rows of ciphers/ as one text each: V8 reads JSON faster than the same object written as code. */
const rowsAsText = {
  name: 'rows-as-text',
  setup: ({ onLoad }) =>
    onLoad({ filter: /ciphers\/\w+\.json$/ }, ({ path }) => ({
      contents: `module.exports = JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(readFileSync(path, 'utf8'))))})`,
    })),
};

/** Modules imported on demand are in where they are these commands' own: the command, and what prints its answer. */
const only = (commands, shared) => {
  const own = new RegExp(`(?:^\\./|/report/text/)(?:${commands.join('|')})\\.js$`);
  return {
    name: 'only-these-commands',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^\./ }, ({ kind, path, importer }) => {
        const registry = /\/(commands|text|html)\/index\.ts$/.test(importer);
        return kind === 'dynamic-import' && !(registry && own.test(path)) && !shared.test(path)
          ? { path: 'whole', namespace: 'whole' }
          : undefined;
      });
      onLoad({ filter: /./, namespace: 'whole' }, () => ({
        contents: "throw Object.assign(new Error('the whole program is needed'), { wholeProgramNeeded: true })",
      }));
    },
  };
};
/** `--from` of snippet and lint: the device formats, which are in the same file anyway. */
const shared =
  /(?:\/device\/(?:import|formats\/index)|\/lint\/formats|\/io\/paste-input|\/io\/clipboard|\/report\/redact|\.\/emit)\.js$/;

export async function buildQuick(common, metafiles, plugins) {
  mkdirSync('dist/quick', { recursive: true });
  for (const [group, commands] of Object.entries(groups)) {
    const { metafile } = await build({
      ...common,
      entryPoints: { [group]: 'src/cli/main.ts' },
      outdir: 'dist/quick',
      outExtension: { '.js': '.cjs' },
      format: 'cjs',
      supported: { 'dynamic-import': false },
      plugins: [only(commands, group === 'config' ? shared : /\/report\/redact\.js$/), rowsAsText, ...plugins],
      banner: { js: '(function(exports,require,module,own){' },
      footer: { js: '})' },
      // yargs asks for the width when it is loaded, which opens stdout; the width is given to it where help is printed.
      define: { ...common.define, 'import.meta.url': 'own.url', 'process.stdout.columns': 'undefined' },
    });
    metafiles.push(metafile);
  }
  // What picks them, in one file: each file more that Node looks for costs a quarter of a millisecond.
  const { metafile } = await build({
    ...common,
    entryPoints: { start: 'bin/start.js' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    external: ['../dist/*'],
  });
  metafiles.push(metafile);
  const files = Object.entries(groups).flatMap(([group, commands]) =>
    commands.map((command) => [command, `${group}.cjs`]),
  );
  writeFileSync('dist/quick/commands.json', `${JSON.stringify(Object.fromEntries(files))}\n`);
}
