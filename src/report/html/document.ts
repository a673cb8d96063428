import type { Finding } from '../../finding.js';
import type { Gravity } from '../gravity.js';
import { escapeHtml, proseHtml } from './escape.js';
import { reportStyle } from './style.js';

/** What a page is made of; `body` is HTML, everything else text. */
interface Page {
  /** The command whose page it is; the first line names it, by which it may be replaced later. */
  readonly command: 'analyze' | 'diagnose';
  readonly title: string;
  readonly body: string;
  readonly note: string;
}

/** A page that stands alone: no script, nothing fetched, right in the dark and on paper. */
export const documentHtml = ({
  command,
  title,
  body,
  note,
}: Page): string => `<!doctype html><!-- mtucalc: ${command} -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="mtucalc ${command}">
<title>${escapeHtml(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
${body}
<footer>Made by mtucalc ${command}. ${escapeHtml(note)}</footer>
</body>
</html>
`;

/** The answer in a word, a sentence, and what it is about. */
export const headerHtml = (gravity: Gravity, verdict: string, says: string, about: string): string =>
  `<header class="${gravity}"><h1>${escapeHtml(verdict)}</h1><p>${proseHtml(says)}</p><p class="about">${escapeHtml(about)}</p></header>`;

/** One finding with its cure. */
export const findingHtml = ({ code, severity, says, fix }: Finding): string =>
  `<article class="${severity}"><h2><span>${severity}</span> ${escapeHtml(code)}</h2><p>${proseHtml(says)}</p>${
    fix === undefined ? '' : `<p class="fix">${proseHtml(fix)}</p>`
  }</article>`;
