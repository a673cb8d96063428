// Keeps the compiled code of dist/calc.cjs as this Node has it after one run of the default command.
const { rmSync, writeFileSync } = require('node:fs');
const { resolve } = require('node:path');
const { loadCalc } = require('../bin/start.js');

const file = resolve('dist/calc.cjs');
rmSync(`${file}.cache`, { force: true });
const { exports: bundle, script } = loadCalc();
const silent = { write: () => true };
const terminal = { stdin: process.stdin, stdout: silent, stderr: silent, env: {} };
bundle.main(['--cipher', 'aes256', '--wan', 'pppoe'], terminal).then((code) => {
  if (code !== 0) throw new Error(`the default command ended with ${code}`);
  writeFileSync(`${file}.cache`, script.createCachedData());
});
