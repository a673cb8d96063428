// Debian packages by dpkg-deb alone: `mtucalc` needs nodejs, `mtucalc-single` brings its own.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { maintainer, repository } from './address.mjs';

const kinds = {
  mtucalc: { architecture: 'all', depends: 'nodejs (>= 20.19)', other: 'mtucalc-single' },
  // What the embedded Node is linked with: Debian 10 and later.
  'mtucalc-single': {
    architecture: 'amd64',
    depends: 'libc6 (>= 2.28), libgcc-s1 (>= 3.4), libstdc++6 (>= 6)',
    other: 'mtucalc',
    // Node is built and linked by the Node.js project, with its own zlib and without PIE.
    overrides: ['embedded-library', 'hardening-no-pie'],
  },
};

/**
 * @param name one of `kinds`
 * @param inside for mtucalc: folder of the unpacked npm package; for mtucalc-single: the executable
 * @param licences text of all that is inside
 * @param quick packed less well and six times as fast: for tests
 * @param seconds time of everything in the package, so that two builds are the same
 * @returns path of the package
 */
export function deb(name, inside, { version, license, licences, seconds, output, quick }) {
  const { architecture, depends, other, overrides = [] } = kinds[name];
  const root = mkdtempSync(join(tmpdir(), 'mtucalc-deb-'));
  const put = (path, contents) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), contents);
  };
  const packed = (text) => gzipSync(text, { level: 9 });
  const ask = (...argv) => execFileSync(process.execPath, ['bin/mtucalc.js', ...argv]);
  try {
    put('usr/share/man/man1/mtucalc.1.gz', packed(readFileSync('man/mtucalc.1')));
    put('usr/share/bash-completion/completions/mtucalc', ask('completion', 'bash'));
    put('usr/share/zsh/vendor-completions/_mtucalc', ask('completion', 'zsh'));
    put('usr/share/fish/vendor_completions.d/mtucalc.fish', ask('completion', 'fish'));
    put(`usr/share/doc/${name}/copyright`, copyright(name, license));
    put(`usr/share/doc/${name}/THIRD-PARTY.txt.gz`, packed(licences));
    put(`usr/share/doc/${name}/changelog.gz`, packed(changelog(name, version, seconds)));
    if (overrides.length > 0)
      put(`usr/share/lintian/overrides/${name}`, overrides.map((tag) => `${name}: ${tag} *\n`).join(''));
    mkdirSync(join(root, 'usr/bin'), { recursive: true });
    if (name === 'mtucalc') {
      const share = join(root, 'usr/share/mtucalc');
      const left = /[/\\](types|man|docs|LICENSE|README\.md|CHANGELOG\.md|CONTRIBUTING\.md|THIRD-PARTY\.txt)$/;
      cpSync(inside, share, { recursive: true, filter: (from) => !left.test(from.slice(inside.length)) });
      chmodSync(join(share, 'bin/mtucalc.js'), 0o755);
      symlinkSync('../share/mtucalc/bin/mtucalc.js', join(root, 'usr/bin/mtucalc'));
    } else cpSync(inside, join(root, 'usr/bin/mtucalc'));
    const files = every(root, '').sort();
    const sums = execFileSync('md5sum', ['--', ...files], { cwd: root });
    const kib = Math.ceil(files.reduce((sum, file) => sum + statSync(join(root, file)).size, 0) / 1024);
    put('DEBIAN/md5sums', sums);
    put('DEBIAN/control', control({ name, version, architecture, depends, other, kib }));
    tidy(root);
    const path = join(output, `${name}_${version}_${architecture}.deb`);
    execFileSync('dpkg-deb', ['--root-owner-group', '-Zxz', `-z${quick ? 0 : 6}`, '-b', root, path], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, SOURCE_DATE_EPOCH: String(seconds) },
    });
    return path;
  } finally {
    rmSync(root, { recursive: true });
  }
}

const every = (root, folder) =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? every(root, path) : entry.isFile() ? [path] : [];
  });

/** Permissions as Debian wants them, whatever the umask was. */
function tidy(root) {
  execFileSync('find', [root, '-type', 'd', '-exec', 'chmod', '755', '{}', '+']);
  execFileSync('find', [root, '-type', 'f', '!', '-perm', '/111', '-exec', 'chmod', '644', '{}', '+']);
  execFileSync('find', [root, '-type', 'f', '-perm', '/111', '-exec', 'chmod', '755', '{}', '+']);
}

const control = ({ name, version, architecture, depends, other, kib }) =>
  `${[
    `Package: ${name}`,
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    `Maintainer: ${maintainer}`,
    `Installed-Size: ${kib}`,
    `Depends: ${depends}`,
    'Recommends: iputils-ping',
    `Conflicts: ${other}`,
    `Replaces: ${other}`,
    'Section: net',
    'Priority: optional',
    ...(repository ? [`Homepage: ${repository}`] : []),
    'Description: MTU and TCP MSS of tunnels, exact to the octet',
    ' Predicts the MTU and the safe TCP MSS of IPsec and other VPN tunnels, writes',
    ' and checks the configuration that clamps it, measures the path with and without',
    ' root, and explains packet captures.',
    ...(name === 'mtucalc-single' ? [' .', ' This package brings its own Node.js inside one executable.'] : []),
  ].join('\n')}\n`;

const changelog = (name, version, seconds) => {
  const date = new Date(seconds * 1000).toUTCString().replace('GMT', '+0000');
  return `${name} (${version}) unstable; urgency=medium\n\n  * Release ${version}.\n\n -- ${maintainer}  ${date}\n`;
};

/** Machine-readable (DEP 5) for what is ours. */
const copyright = (name, license) => {
  const terms = readFileSync('LICENSE', 'utf8').split('\n').slice(4).join('\n').trimEnd();
  const indented = terms
    .split('\n')
    .map((line) => (line.trim() === '' ? ' .' : ` ${line.trimEnd()}`))
    .join('\n');
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Comment: The packages whose code is inside, with their licences:
 /usr/share/doc/${name}/THIRD-PARTY.txt.gz

Files: *
Copyright: 2026 The mtucalc authors
License: ${license}
${indented}
`;
};
