// What Node runs inside the single executable: the program, with the compiled code that the build kept of one run.
const sea = require('node:sea');
const { Script } = require('node:vm');

const source = sea.getAsset('program.cjs', 'utf8');
const cachedData = Buffer.from(sea.getRawAsset('program.cache'));
const script = new Script(source, { filename: 'mtucalc.cjs', cachedData });
script.runInThisContext()({}, require, {}, process.execPath, '/');
