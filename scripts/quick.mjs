// dist/quick/COMMAND.json: how bin/pieces.mjs puts the program of a command that must not keep anybody waiting together, of
// the pieces in dist/chunks: one function, which Node starts without its ES module loader. The pieces stand in the
// package once (those of calc twice); here is what comes between them.
// What such a program does not hold (help, another command, a format it does not write) is asked of `whole`, and
// bin/start.mjs takes dist/cli.js instead.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import { ofPieces } from '../bin/pieces.mjs';

/** `--from` of snippet and lint: the device formats, which are in the same pieces anyway. */
const devices =
  /\/(?:device\/(?:import|formats\/index)|lint\/formats|io\/paste-input|io\/clipboard|report\/redact|cli\/emit)\.ts$/;
const redact = /\/report\/redact\.ts$/;
/** What is imported on demand and is in, beside the command itself and what prints its answer. */
const commands = {
  calc: redact,
  compare: redact,
  identify: redact,
  ciphers: redact,
  snippet: devices,
  lint: devices,
  import: devices,
  analyze: redact,
};

export const quickCommands = Object.keys(commands);

/** `import_meta` and `Import` stand in the pieces in place of what only an ES module may say, as many letters long. */
const BEGIN = [
  '(function(require,import_meta,whole){"use strict";',
  'var part=make=>{var made;return()=>made??=make()},',
  'ask=name=>{var node=require(name);return{__proto__:node,default:node}},',
  'Import=async name=>on[name]?on[name]():name.startsWith("node:")?ask(name):whole(name);',
].join('');

export function writeQuick(pieces) {
  const main = [...pieces.values()].find(({ source }) => source === 'src/cli/main.ts');
  mkdirSync('dist/quick', { recursive: true });
  for (const [command, others] of Object.entries(commands)) {
    const own = new RegExp(`/(?:cli/commands|report/text)/${command}\\.ts$`);
    const parts = partsOf(main, pieces, (source) => own.test(source) || others.test(source));
    writeFileSync(`dist/quick/${command}.json`, JSON.stringify(parts));
  }
  putTogether('calc');
}

/** The command that most people run has its pieces in one file more: to open forty takes a tenth of the whole start. */
function putTogether(command) {
  const parts = `dist/quick/${command}.json`;
  writeFileSync(`dist/quick/${command}.js`, ofPieces('dist/', parts));
  rmSync(parts);
}

/** @returns rows of: text, file, begin, length of its code, length to its end, letters to be changed; the last has text alone */
function partsOf(main, pieces, isIn) {
  const taken = new Map();
  const onDemand = [];
  const take = (file, importers = []) => {
    if (importers.includes(file)) throw new Error(`${file} imports itself in a circle`);
    if (taken.has(file)) return;
    taken.set(file, `piece${taken.size}`);
    const { imports, onDemand: asked } = pieces.get(file);
    for (const { from } of imports) if (from !== undefined) take(from, [...importers, file]);
    for (const [name, other] of asked) {
      if (!isIn(pieces.get(other).source)) continue;
      take(other);
      onDemand.push(`${JSON.stringify(name)}:${taken.get(other)}`);
    }
  };
  take(main.file);
  let before = BEGIN;
  const parts = [...taken].map(([file, name]) => {
    const { imports, exports, from, end, size, metas, calls } = pieces.get(file);
    const lines = imports.flatMap((one) => {
      const value = one.from === undefined ? `require("${one.module}")` : `${taken.get(one.from)}()`;
      const names = [one.all, one.some.length > 0 || !one.all ? `{${one.some.join(',')}}` : undefined];
      return names.filter(Boolean).map((name) => `${name}=${value}`);
    });
    const text = `${before}var ${name}=part(()=>{${lines.length > 0 ? `var ${lines.join(',')};` : ''}`;
    before = `\nreturn{${exports.join(',')}}});`;
    const letters = [...metas.map((at) => [at + 'import'.length - from, '_']), ...calls.map((at) => [at - from, 'I'])];
    return [text, posix.relative('dist', file), from, end - from, size - from, letters];
  });
  return [...parts, [`${before}var on={__proto__:null,${onDemand.join(',')}};return ${taken.get(main.file)}()})`]];
}
