import type { NumberedLine } from './lines.js';

/** One word, string or sign of nft; a line end or `;` is the sign "\n". */
export interface NftToken {
  readonly line: number;
  readonly text: string;
  readonly quoted: boolean;
}

const TOKEN =
  /"((?:[^"\\]|\\.)*)"?|(#.*)|(\\\s*$)|([{}();,|&=]|!=|[<>]=?|!|\/(?=\s)|<<|>>)|([^\s{}();,|&=!<>"#]+)|\s+/gm;
const MOST = 400_000;

/** The tokens of a file for `nft -f`, or of what `nft list ruleset` prints. */
export function nftTokens(lines: readonly NumberedLine[]): NftToken[] {
  const tokens: NftToken[] = [];
  let continued = false;
  for (const { number, text } of lines) {
    continued = false;
    for (const [, string, comment, backslash, sign, word] of text.matchAll(TOKEN)) {
      if (tokens.length >= MOST) return tokens;
      if (comment !== undefined) break;
      if (backslash !== undefined) continued = true;
      else if (string !== undefined) tokens.push({ line: number, text: string, quoted: true });
      else if (sign !== undefined) {
        const before = tokens.at(-1);
        // "==", "!=", "<=" may come in two pieces.
        if (sign === '=' && before && !before.quoted && /^[=!<>]$/.test(before.text) && before.line === number)
          tokens[tokens.length - 1] = { ...before, text: `${before.text}=` };
        else tokens.push({ line: number, text: sign === ';' ? '\n' : sign, quoted: false });
      } else if (word !== undefined) tokens.push({ line: number, text: word, quoted: false });
    }
    if (!continued) tokens.push({ line: number, text: '\n', quoted: false });
  }
  return tokens;
}
