/**
 * Where the project lives, for example 'https://github.com/OWNER/mtucalc'. Undefined until it has a home: what needs
 * the address (package.json's repository, homepage and bugs, the Homebrew formula, Homepage of the Debian packages) is
 * then left out.
 */
export const repository = undefined;

/** Where the site of `npm run build:site` is published; undefined: no canonical links, no Open Graph, no sitemap. */
export const site = undefined;

/** Of the Debian packages; an address of the documentation domain as long as there is no other. */
export const maintainer = 'mtucalc authors <maintainers@example.org>';
