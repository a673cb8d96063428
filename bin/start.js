// Picks the bundle. The commands that must not keep anybody waiting have one CommonJS file each, with the compiled code
// that the build left beside it; where that is missing or made by another V8, the file is compiled as usual: slower,
// never wrong.
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');
const { quickTerminal } = require('./output.js');

exports.quickCommands = ['calc', 'analyze'];

/** The main() that knows the command of this command line, and the terminal to give it. */
exports.mainFor = async (argv) => {
  const command = quickCommandOf(argv);
  return command === undefined
    ? { main: (await import('../dist/cli.js')).main, terminal: process }
    : { main: loadCommand(command).exports.main, terminal: quickTerminal() };
};

/** The command whose own file answers this command line; undefined where the whole of the program is needed. */
function quickCommandOf(argv) {
  const [first] = argv;
  // --emit is calc with the snippets, --from any command with the device formats: neither is in the small files.
  if (argv.some((word) => /^--(emit|from)(=|$)/.test(word))) return undefined;
  if (first === undefined || (first.startsWith('-') && first !== '--complete')) return 'calc';
  return exports.quickCommands.find((name) => name === first);
}

/** The file's exports, and the script so that the build can take the compiled code from it. */
function loadCommand(name) {
  const file = join(__dirname, `../dist/${name}.cjs`);
  const source = readFileSync(file, 'utf8');
  let compiled;
  try {
    compiled = readFileSync(`${file}.cache`);
  } catch {
    // Not built on this machine: no compiled code.
  }
  const options = { filename: file, ...(compiled ? { cachedData: compiled } : {}) };
  const script = new Script(`(function(exports,require,module,__filename,__dirname){${source}\n})`, options);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  return { exports: module.exports, script };
}
exports.loadCommand = loadCommand;
