// Picks the bundle. `calc`, the default command, has one CommonJS file of its own with the compiled code that the build
// left beside it; where that is missing or made by another V8, the file is compiled as usual: slower, never wrong.
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');
const { quickTerminal } = require('./output.js');

const calc = join(__dirname, '../dist/calc.cjs');

/** The main() that knows the command of this command line, and the terminal to give it. */
exports.mainFor = async (argv) => {
  const [first] = argv;
  // --emit is calc with the snippets, --from with the device formats: neither is in the small file.
  const needsMore = argv.some((word) => /^--(emit|from)(=|$)/.test(word));
  const isCalc = needsMore
    ? false
    : first === undefined || first === 'calc' || (first.startsWith('-') && first !== '--complete');
  return isCalc
    ? { main: loadCalc().exports.main, terminal: quickTerminal() }
    : { main: (await import('../dist/cli.js')).main, terminal: process };
};

/** The file's exports, and the script so that the build can take the compiled code from it. */
function loadCalc() {
  const source = readFileSync(calc, 'utf8');
  let compiled;
  try {
    compiled = readFileSync(`${calc}.cache`);
  } catch {
    // Not built on this machine: no compiled code.
  }
  const options = { filename: calc, ...(compiled ? { cachedData: compiled } : {}) };
  const script = new Script(`(function(exports,require,module,__filename,__dirname){${source}\n})`, options);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(calc), module, calc, dirname(calc));
  return { exports: module.exports, script };
}
exports.loadCalc = loadCalc;
