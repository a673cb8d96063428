// The pieces that esbuild cuts the program into, in a form that is good for two: an ES module for Node, for bundlers and
// browsers, and the inside of a function for bin/pieces.mjs. All imports stand in front, all exports at the end, and the
// text is ASCII.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { init, parse } from 'es-module-lexer';

const IMPORT = /^import(?:(?<names>.*)from)?"(?<from>[^"]+)"$/s;
const EXPORT = /export\{(?<names>[^}]*)\};\s*$/;
/** Kinds of es-module-lexer: `import …` itself, and `import.meta`; what is left is `import(…)`. */
const STATEMENT = -1;
const META = -2;

/**
 * esbuild writes ASCII, regular expressions apart: read as ASCII these would match something else. A raw template is the one
 * place where \u… is another text.
 */
function inAscii(file, text) {
  const raw = /String\.raw`[^`]*[^\x00-\x7f][^`]*`/.exec(text);
  if (raw) throw new Error(`${file}: only ASCII (\\u…) may stand in ${raw[0]}`);
  return text.replace(/[^\x00-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Imports in front, without what stood between them: esbuild leaves those of Node's modules where they were. */
function importsFirst(text) {
  const statements = [];
  let rest = '';
  let at = 0;
  for (const { ss, se, d } of parse(text)[0]) {
    if (d !== STATEMENT) continue;
    statements.push(text.slice(ss, se));
    rest += text.slice(at, ss);
    at = text[se] === ';' ? se + 1 : se;
  }
  return { statements, text: `${statements.map((one) => `${one};`).join('')}${rest}${text.slice(at)}` };
}

/** `{a as b}` of an import as the pattern `{a:b}`, and of an export turned round as the object `{b:a}`. */
const pairs = (names) =>
  names
    .split(',')
    .filter((name) => name !== '')
    .map((name) => name.trim().split(' as '));
const asPattern = (names) => pairs(names).map((pair) => pair.join(':'));
const asObject = (names) => pairs(names).map((pair) => pair.reverse().join(':'));

function imported(file, statement) {
  const { names = '', from } = IMPORT.exec(statement).groups;
  return {
    from: from.startsWith('.') ? posix.join(dirname(file), from) : undefined,
    module: from,
    all: /^\s*(?:\*\s*as\s+)?([\w$]+)/.exec(names)?.[1],
    some: asPattern(/\{(.+)\}/s.exec(names)?.[1] ?? ''),
  };
}

/**
 * Rewrites what esbuild wrote.
 * @param outputs of its metafile
 * @returns the pieces by the name of their file
 */
export async function tidyPieces({ inputs, outputs }) {
  await init;
  // A piece hands out what it exports once, when it has run.
  for (const file of Object.keys(inputs))
    if (/^export let\b/m.test(readFileSync(file, 'utf8'))) throw new Error(`${file}: an export that changes`);
  return new Map(
    Object.entries(outputs).map(([file, { entryPoint }]) => {
      const { statements, text } = importsFirst(inAscii(file, readFileSync(file, 'utf8')));
      writeFileSync(file, text);
      const { index: end, groups } = EXPORT.exec(text) ?? { index: text.length };
      const from = statements.reduce((sum, { length }) => sum + length + 1, 0);
      const onDemand = parse(text)[0].filter(({ d }) => d !== STATEMENT);
      return [
        file,
        {
          file,
          source: entryPoint,
          imports: statements.map((statement) => imported(file, statement)),
          /** By what is written in `import(…)`. */
          onDemand: new Map(
            onDemand.filter(({ n }) => n?.startsWith('.')).map(({ n }) => [n, posix.join(dirname(file), n)]),
          ),
          exports: groups ? asObject(groups.names) : [],
          /** Where its code begins and ends, and where the file does. */
          from,
          end,
          size: text.length,
          /** Offsets of the words that only an ES module may say. */
          metas: onDemand.filter(({ d }) => d === META).map(({ ss }) => ss),
          calls: onDemand.filter(({ d }) => d !== META).map(({ ss }) => ss),
        },
      ];
    }),
  );
}
