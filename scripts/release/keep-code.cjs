// keep-code.cjs PROGRAM CACHE: runs the wrapped program once and keeps its compiled code as this Node has it then.
// Run with --random-seed, it comes to the same octets each time: V8's hashes are seeded with it, without bytecode flushing
// no garbage collection leaves its mark (an age) in the functions, and with other threads at work one run in twenty
// differed by a bit in five of them (none of 210 without). All of this is no part of what V8 compares.
const { readFileSync, writeFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

setFlagsFromString('--no-flush-bytecode');
for (const flag of ['--single-threaded-gc', '--no-concurrent-recompilation', '--no-concurrent-sparkplug'])
  setFlagsFromString(flag);
const [, , program, cache] = process.argv;
const script = new Script(readFileSync(program, 'utf8'), { filename: 'mtucalc.cjs' });
process.argv.splice(2, 2, '--cipher', 'aes256', '--wan', 'pppoe');
process.on('exit', () => {
  // V8 refuses code that was made under other flags.
  setFlagsFromString('--flush-bytecode');
  writeFileSync(cache, script.createCachedData());
});
script.runInThisContext()({}, require, {}, process.execPath, '/');
