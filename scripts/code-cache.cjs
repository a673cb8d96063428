// Keeps the compiled code of dist/calc.cjs and dist/analyze.cjs as this Node has it after one run of the command.
const { rmSync, writeFileSync } = require('node:fs');
const { resolve } = require('node:path');
const { loadCommand } = require('../bin/start.js');

const runs = {
  calc: ['--cipher', 'aes256', '--wan', 'pppoe'],
  analyze: ['analyze', 'captures/ok-client.pcap'],
};

async function keepCode([name, argv]) {
  const cache = resolve(`dist/${name}.cjs.cache`);
  rmSync(cache, { force: true });
  const { exports: bundle, script } = loadCommand(name);
  const silent = { write: () => true };
  const terminal = { stdin: process.stdin, stdout: silent, stderr: silent, env: {} };
  const code = await bundle.main(argv, terminal);
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}`);
  writeFileSync(cache, script.createCachedData());
}

Promise.all(Object.entries(runs).map(keepCode));
