// What of others is inside dist/: their licence texts for dist/THIRD-PARTY.txt and a bill of materials (CycloneDX 1.6)
// for dist/sbom.cdx.json, both from what the bundler says it put there. `npm sbom --omit dev` would miss all of it:
// bundled packages are development dependencies.
import { readdirSync, readFileSync } from 'node:fs';

const RULE = `\n${'-'.repeat(78)}\n\n`;
const packageOf = (input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];

/** Folders of the packages whose code really is in an output of these builds. */
function bundledFolders(metafiles) {
  const outputs = metafiles.flatMap((metafile) => Object.values(metafile.outputs));
  const inputs = outputs.flatMap((output) =>
    Object.entries(output.inputs).flatMap(([name, { bytesInOutput }]) => (bytesInOutput > 0 ? [name] : [])),
  );
  return [...new Set(inputs.map(packageOf).filter(Boolean))];
}

/** Some packages have their licence at the end of the README alone. */
const licenceInReadme = (folder) =>
  (/^# License\n+([^#]+)/im.exec(readFileSync(`${folder}/README.md`, 'utf8')) ?? [])
    .slice(1)
    .map((text) => text.trim());

/** Each package once: a copy nested in another package may be of another version. */
function packages(folders) {
  const found = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
    const texts = files.sort().map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim());
    if (texts.length === 0) texts.push(...licenceInReadme(folder));
    if (texts.length === 0) throw new Error(`${name} ${version} (${license}) has no licence text: add it by hand`);
    found.set(`${name}@${version}`, { name, version, license, text: texts.join('\n\n') });
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value);
}

/**
 * @param metafiles esbuild's, of every build
 * @param beside folders of packages whose code comes into dist/ by another way than esbuild
 * @returns the texts of both files
 */
export function noticesOf(metafiles, beside, { name, version, license }) {
  const inside = packages([...bundledFolders(metafiles), ...beside]);
  const text = `${name} ${version} contains code of these packages.\n${RULE}${inside
    .map((one) => `${one.name} ${one.version} (${one.license})\n\n${one.text}\n`)
    .join(RULE)}`;
  const component = (one) => ({
    type: 'library',
    'bom-ref': `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`,
    name: one.name,
    version: one.version,
    purl: `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`,
    licenses: [{ license: { id: one.license } }],
  });
  const sbom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name, version, licenses: [{ license: { id: license } }] } },
    components: inside.map(component),
  };
  return { text, sbom: `${JSON.stringify(sbom, null, 2)}\n` };
}
