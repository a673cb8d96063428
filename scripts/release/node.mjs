// Node as npm packages it, with its headers: the one that goes into the single executable.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The Node inside the single executable: a long-term release, pinned. */
export const NODE_VERSION = '24.21.0';

/** Folder with bin/node and include/node of that Node for linux-x64 or linux-arm64. */
export function nodeFor(architecture) {
  const name = `node-linux-${architecture}`;
  return installed(`${name}@${NODE_VERSION}`, name);
}

/** The program that puts a blob into an executable, pinned. */
export const postject = () => resolve(installed('postject@1.0.0-alpha.6', 'postject'), 'dist/cli.js');

/**
 * raw-socket compiled for that Node. Its own nan (2.19) does not compile against Node 24; 2.30 does.
 * @returns the folder of the package
 */
export function rawSocketFor(node, version) {
  return installed(`raw-socket@${version}`, 'raw-socket', {
    overrides: { nan: '^2.30.0' },
    // PATH: node-gyp runs under the very Node it compiles for.
    env: { npm_config_nodedir: node, PATH: `${node}/bin:${process.env.PATH}` },
    scripts: true,
  });
}

function installed(what, name, { overrides, env, scripts } = {}) {
  const folder = resolve('node_modules/.cache/mtucalc-release', what.replaceAll('/', '+'));
  const found = `${folder}/node_modules/${name}`;
  if (existsSync(`${folder}/done`)) return found;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, JSON.stringify({ private: true, overrides }));
  const flags = ['--silent', '--no-audit', '--no-fund', '--no-save', ...(scripts ? [] : ['--ignore-scripts'])];
  execFileSync('npm', ['install', ...flags, '--prefix', folder, what], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  writeFileSync(`${folder}/done`, '');
  return found;
}
