import { escapeHtml } from '../../report/html/escape.js';

/** A static page without script: what a search finds. */
export interface SitePage {
  /** Below the site's root, `mtu/aes256-sha256-pppoe.html`. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** Markup of ours; everything that is not is escaped. */
  readonly body: string;
}

export const siteStyle =
  ':root{--ink:#1b1f24;--dim:#57606a;--ground:#fff;--panel:#f4f6f8;--line:#cfd6dd;--accent:#0b5cad}@media (prefers-color-scheme:dark){:root{--ink:#e6e9ed;--dim:#a3adb8;--ground:#14171b;--panel:#1e2328;--line:#444d57;--accent:#7fb2e8}}*{box-sizing:border-box}body{margin:0 auto;max-width:48rem;padding:1.2rem;font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--ground);overflow-wrap:break-word}a{color:var(--accent)}h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.15rem;margin-top:2rem}nav,footer,.note{color:var(--dim);font-size:.9rem}.big{font-size:1.3rem;background:var(--panel);border-radius:.5rem;padding:.8rem 1rem}.big b{color:var(--accent)}.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;padding:.25rem .7rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:baseline}pre{overflow:auto;background:var(--panel);padding:.8rem;border-radius:.4rem;font:.85rem/1.45 ui-monospace,monospace}code{font:.9em ui-monospace,monospace;background:var(--panel);padding:.05em .3em;border-radius:.2em}pre code{background:none;padding:0}img{max-width:100%}footer{margin-top:3rem;border-top:1px solid var(--line)}';

/** The way from a page up to the root. */
const upFrom = (path: string): string => '../'.repeat(path.split('/').length - 1);

export interface SiteFrame {
  /** `'sha256-…'` of `siteStyle`, for the policy. */
  readonly styleHash: string;
  readonly version: string;
  /** Where the site lives; without it no canonical link, no Open Graph, no sitemap. */
  readonly address?: string | undefined;
}

export function framed(
  { path, title, description, body }: SitePage,
  { styleHash, version, address }: SiteFrame,
): string {
  const up = upFrom(path);
  const where = address === undefined ? undefined : `${address.replace(/\/$/, '')}/${path}`;
  return `<!doctype html><!-- mtucalc: site -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${styleHash}; img-src 'self'">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapeHtml(description)}">
<title>${escapeHtml(title)}</title>${
    where === undefined
      ? ''
      : `
<link rel="canonical" href="${escapeHtml(where)}">
<meta property="og:type" content="article">
<meta property="og:title" content="${escapeHtml(title)}">
<meta property="og:description" content="${escapeHtml(description)}">
<meta property="og:url" content="${escapeHtml(where)}">`
  }
<style>${siteStyle}</style>
</head>
<body>
<nav><a href="${up}mtucalc.html">The calculator</a> · <a href="${up}index.html">All pages</a> · <a href="${up}numbers.html">Numbers you will find elsewhere</a></nav>
<main>
${body}
</main>
<footer><p>mtucalc ${escapeHtml(version)}. Every number on this page was computed, none typed.</p></footer>
</body>
</html>
`;
}

/** Rows under a head; cells are text, or markup where they begin with `<`. */
export function siteTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (tag: 'th' | 'td', cells: readonly (string | number)[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(head.join(', '))}"><table><thead>${line('th', head)}</thead><tbody>${rows.map((cells) => line('td', cells)).join('')}</tbody></table></div>`;
}
