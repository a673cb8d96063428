// npm run release -- --dry-run: every artefact of a release into release/, with SHA-256 sums; the same twice, to the
// octet.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deb } from './release/deb.mjs';
import { executable } from './release/executable.mjs';
import { formula } from './release/formula.mjs';

const { version, license } = JSON.parse(readFileSync('package.json', 'utf8'));
if (!process.argv.includes('--dry-run')) {
  console.error('only --dry-run makes a release here: publishing is the workflow release.yml, from a tag');
  process.exit(2);
}
const output = resolve('release');
const work = mkdtempSync(join(tmpdir(), 'mtucalc-release-'));
/** Time of the commit: nothing in a release depends on when it was made. */
const seconds = Number(
  process.env.SOURCE_DATE_EPOCH ?? execFileSync('git', ['log', '-1', '--format=%ct'], { encoding: 'utf8' }),
);
const quick = process.argv.includes('--quick');
const say = (text) => console.log(`release: ${text}`);
const file = (name) => join(output, name);

rmSync(output, { recursive: true, force: true });
mkdirSync(output);
try {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', output], { stdio: ['ignore', 'ignore', 'inherit'] });
  const tarball = file(`mtucalc-${version}.tgz`);
  execFileSync('tar', ['xzf', tarball, '-C', work]);
  const inside = join(work, 'package');
  say(`tarball ${tarball}`);

  const licences = readFileSync('dist/THIRD-PARTY.txt', 'utf8');
  writeFileSync(file('sbom.cdx.json'), readFileSync('dist/sbom.cdx.json'));
  const about = { version, license, seconds, output, quick };
  say(deb('mtucalc', inside, { ...about, licences }));

  if (process.platform === 'linux' && process.arch === 'x64') {
    const single = await executable('x64', join(work, 'single'), join(work, 'mtucalc'));
    writeFileSync(file('THIRD-PARTY-single.txt'), single.licences);
    writeFileSync(file('sbom-single.cdx.json'), single.sbom);
    say(deb('mtucalc-single', single.output, { ...about, licences: single.licences }));
    const name = `mtucalc-${version}-linux-x64`;
    // One thread: xz cuts its blocks by the number of them.
    execFileSync('sh', ['-c', `xz -T1 ${quick ? '-0' : '-6'} -c "$1" > "$2"`, 'sh', single.output, file(`${name}.xz`)]);
    say(file(`${name}.xz`));
  } else say(`no single executable on ${process.platform} ${process.arch}: see docs/install.md`);

  const text = formula(version, createHash('sha256').update(readFileSync(tarball)).digest('hex'));
  if (text === undefined) say('no Homebrew formula: scripts/release/address.mjs names no repository');
  else writeFileSync(file('mtucalc.rb'), text);

  const sums = readdirSync(output)
    .sort()
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(file(name)))
          .digest('hex')}  ${name}\n`,
    );
  writeFileSync(file('SHA256SUMS'), sums.join(''));
  process.stdout.write(sums.join(''));
} finally {
  rmSync(work, { recursive: true });
}
