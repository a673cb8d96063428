// Picks the bundle. The commands that must not keep anybody waiting are in dist/quick (scripts/quick.mjs), and their
// compiled code is kept on this user's machine (kept.js); where that is missing the file is compiled as usual: slower,
// never wrong. What such a file does not hold, the whole program in dist/cli.js does.
import { Script } from 'node:vm';
import { keptCode } from './kept.mjs';
import { quickTerminal } from './output.mjs';
import { programOf } from './pieces.mjs';

/** In one file with what it needs it lies in dist itself. */
const dist = `${__dirname}/`;

/** Runs a command line: its exit code, and whether all it printed is out of the process. */
export async function start(argv) {
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
}

/** What the whole program answers. */
const whole = ['--help', '-h', '--version', '--complete', 'help', 'version'];

/** The first word, or calc; undefined where help or completion is asked for. */
function commandOf(argv) {
  const first = argv[0];
  if (first === undefined || argv.some((word) => whole.includes(word))) return undefined;
  return first.startsWith('-') ? 'calc' : first;
}

function loadQuick(argv) {
  const command = commandOf(argv);
  const program = QUICK.includes(command) ? programOf(dist, command) : undefined;
  if (program === undefined) return undefined;
  // Text and JSON run through different code.
  const kept = keptCode(argv.includes('--json') ? `${command}-json` : command, program);
  // esbuild writes ASCII only.
  const script = new Script(program.latin1Slice(), { filename: `${dist}${command}`, cachedData: kept.code });
  return {
    main: script.runInThisContext()(require, importMeta, wholeProgram).main,
    keep: () => {
      if (kept.place && (kept.code === undefined || script.cachedDataRejected))
        require('./keep.cjs').keep(kept.place, program, () => script.createCachedData());
    },
  };
}

const wholeProgram = (name) => {
  throw Object.assign(new Error(`the whole program is needed for ${name}`), { wholeProgramNeeded: true });
};

/** Where the pieces lie, for code that looks for others beside it. */
const importMeta = {
  get url() {
    const piece = `${dist}chunks/piece.js`;
    // node:url takes a millisecond to load.
    return /^\/[\w/.-]+$/.test(piece) ? `file://${piece}` : require('node:url').pathToFileURL(piece).href;
  },
};
