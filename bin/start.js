// Picks the bundle. The commands that must not keep anybody waiting are in dist/quick (scripts/quick.mjs), and their
// compiled code is kept on this user's machine (kept.js); where that is missing the file is compiled as usual: slower,
// never wrong. What such a file does not hold, the whole program in dist/cli.js does.
const { join } = require('node:path');
const { Script } = require('node:vm');
const { keptCode } = require('./kept.js');
const { quickTerminal } = require('./output.js');
const { programOf } = require('./pieces.js');

const dist = join(__dirname, '../dist/');

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
  const program = command && /^[a-z]+$/.test(command) ? programOf(dist, command) : undefined;
  if (program === undefined) return undefined;
  // Text and JSON run through different code.
  const kept = keptCode(argv.includes('--json') ? `${command}-json` : command, program);
  // esbuild writes ASCII only.
  const script = new Script(program.latin1Slice(), { filename: `${dist}${command}`, cachedData: kept.code });
  return {
    main: script.runInThisContext()(require, importMeta, wholeProgram).main,
    keep: () => {
      if (kept.code === undefined || script.cachedDataRejected) kept.keep(() => script.createCachedData());
    },
  };
}

const wholeProgram = (name) => {
  throw Object.assign(new Error(`the whole program is needed for ${name}`), { wholeProgramNeeded: true });
};

/** Where the pieces lie, for code that looks for others beside it. */
const importMeta = {
  get url() {
    return require('node:url').pathToFileURL(`${dist}chunks/piece.js`).href;
  },
};
