#!/usr/bin/env node
// CommonJS (see package.json beside this file): Node starts it without its ES module loader.
const { mainFor } = require('./start.js');

const argv = process.argv.slice(2);
mainFor(argv)
  .then(({ main, terminal }) => main(argv, terminal))
  .then((code) => {
    process.exitCode = code;
  });
