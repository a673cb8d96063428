import { readFileSync } from 'node:fs';

/** Texts that are as wide as long. */
export const PLAIN = /^[ -~\xa1-\xa8\xaa-\xac\xaf-\xff\u2026]*$/;

/**
 * cli-table3 asks for the width of each text several times: three regular expressions, one of them of 10 kB. Printable Latin-1
 * and the sign of a cut are as wide as long; all else is measured as before.
 */
export const plainWidth = {
  name: 'plain-width',
  setup: ({ onLoad }) =>
    onLoad({ filter: /cli-table3[\\/]src[\\/]utils\.js$/ }, ({ path }) => {
      const [before, after, ...more] = readFileSync(path, 'utf8').split('function strlen(str) {\n');
      if (after === undefined || more.length > 0) throw new Error(`${path}: no strlen(str), or several`);
      return {
        contents: `${before}function strlen(str) {if (${PLAIN}.test(str)) return String(str).length;\n${after}`,
      };
    }),
};
