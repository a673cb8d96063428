#!/usr/bin/env node
// CommonJS (see package.json beside this file): Node starts it without its ES module loader.
const debug = process.argv.includes('--debug');
const argv = process.argv.slice(2).filter((word) => word !== '--debug');
const fail = (error) => require('./bug.js').bug(error, debug);
process.on('uncaughtException', fail);

require('./start.js')
  .start(argv)
  .then((code) => {
    process.exitCode = code;
  })
  .catch(fail);
