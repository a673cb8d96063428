#!/usr/bin/env node
// CommonJS (see package.json beside this file): Node starts it without its ES module loader.
const debug = process.argv.includes('--debug');
const argv = process.argv.slice(2).filter((word) => word !== '--debug');
const fail = (error) => require('./bug.js').bug(error, debug);
process.on('uncaughtException', fail);

// bin/start.mjs, in one file with what it needs.
require('../dist/start.cjs')
  .start(argv)
  .then(({ code, isWritten }) => {
    process.exitCode = code;
    // Nothing is left to do: Node's own way out collects the garbage first, which is a tenth of the whole run.
    if (isWritten) process.exit();
  })
  .catch(fail);
