// Picks the bundle. The commands that must not keep anybody waiting are in dist/quick (scripts/quick.mjs), and their
// compiled code is kept on this user's machine (kept.js); where that is missing the file is compiled as usual: slower,
// never wrong. What such a file does not hold, the whole program in dist/cli.js does.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');
const { keptCode } = require('./kept.js');
const { quickTerminal } = require('./output.js');

const folder = join(__dirname, '../dist/quick');

/** Runs a command line: its exit code, and whether all it printed is out of the process. */
exports.start = async (argv) => {
  const quick = loadQuick(argv);
  if (quick !== undefined) {
    const terminal = quickTerminal();
    try {
      const code = await quick.main(argv, terminal);
      // After the answer: what follows is for the next run.
      if (code < 2) quick.keep();
      return { code, isWritten: terminal.isWritten };
    } catch (error) {
      // Standard input can be read once only.
      if (!error.wholeProgramNeeded || terminal.wasRead) throw error;
    }
  }
  return { code: await (await import('../dist/cli.js')).main(argv, process), isWritten: false };
};

/** The first word, or calc; undefined where help or completion is asked for. */
function commandOf([first = '--help', ...rest]) {
  if ([first, ...rest].some((word) => /^(--help|-h|--version|--complete|help|version)$/.test(word))) return undefined;
  return first.startsWith('-') ? 'calc' : first;
}

function loadQuick(argv) {
  const command = commandOf(argv);
  const files = command && JSON.parse(readFileSync(join(folder, 'commands.json'), 'utf8'));
  if (!files || !Object.hasOwn(files, command)) return undefined;
  const filename = join(folder, files[command]);
  const source = readFileSync(filename);
  // Text and JSON run through different code.
  const kept = keptCode(argv.includes('--json') ? `${command}-json` : command, source);
  // esbuild writes ASCII only, and the file is one function.
  const script = new Script(source.latin1Slice(), { filename, cachedData: kept.code });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, own);
  return {
    main: module.exports.main,
    keep: () => {
      if (kept.code === undefined || script.cachedDataRejected) kept.keep(() => script.createCachedData());
    },
  };
}

/** Where the file lies, for code that looks for others beside it. */
const own = {
  get url() {
    return require('node:url').pathToFileURL(join(folder, 'main.cjs')).href;
  },
};
