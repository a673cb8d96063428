import type { Catalogue } from '../../mtu/catalogue.js';
import type { SitePage } from './frame.js';
import { indexPage, numbersPage, vendorPages } from './other-pages.js';
import { suitePages } from './suite-pages.js';

export { framed, type SiteFrame, type SitePage, siteStyle } from './frame.js';

/** Every static page but the documentation, which is given rendered. */
export function sitePages(catalogue: Catalogue, docs: readonly SitePage[]): SitePage[] {
  const vendors = vendorPages(catalogue);
  return [indexPage(catalogue, vendors, docs), numbersPage(catalogue), ...vendors, ...suitePages(catalogue), ...docs];
}

/** The sitemap (sitemaps.org 0.9); only where the site has an address. */
export const sitemap = (pages: readonly SitePage[], address: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${[
    'mtucalc.html',
    ...pages.map(({ path }) => path),
  ]
    .map((path) => `<url><loc>${address.replace(/\/$/, '')}/${path}</loc></url>\n`)
    .join('')}</urlset>\n`;
