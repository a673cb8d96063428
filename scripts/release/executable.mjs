// One executable for Linux: Node with the program inside (https://nodejs.org/api/single-executable-applications.html).
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { noticesOf } from '../notices.mjs';
import { nodeFor, postject, rawSocketFor } from './node.mjs';
import { program } from './program.mjs';

const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const wrapped = (source) => `(function(exports,require,module,__filename,__dirname){${source}\n})`;

/**
 * @param architecture x64 or arm64, as the machine that runs this: the compiled code is of its kind
 * @returns paths of the executable and of the licences of what is inside
 */
export async function executable(architecture, work, output) {
  const about = JSON.parse(readFileSync('package.json', 'utf8'));
  const node = nodeFor(architecture);
  const rawSocket = rawSocketFor(node, about.optionalDependencies['raw-socket'].replace(/^\D+/, ''));
  const koffi = `node_modules/@koromix/koffi-linux-${architecture}`;
  mkdirSync(work, { recursive: true });
  const at = (name) => resolve(work, name);

  const { main, worker, metafiles } = await program();
  writeFileSync(at('program.cjs'), wrapped(main));
  writeFileSync(at('analyze-worker.cjs'), worker);
  copyFileSync('scripts/release/start.cjs', at('start.cjs'));
  const keep = ['--random-seed=1', 'scripts/release/keep-code.cjs', at('program.cjs'), at('program.cache')];
  execFileSync(`${node}/bin/node`, keep, { stdio: 'ignore' });
  const assets = {
    'program.cjs': at('program.cjs'),
    'program.cache': at('program.cache'),
    'analyze-worker.cjs': at('analyze-worker.cjs'),
    'plain-segments.wasm': resolve('dist/plain-segments.wasm'),
    'mtucalc.html.br': resolve('dist/page/mtucalc.html.br'),
    'koffi.node': resolve(`${koffi}/linux_${architecture}/koffi.node`),
    'raw.node': `${rawSocket}/build/Release/raw.node`,
  };
  const config = {
    // Relative: Node writes the name into the blob.
    main: 'start.cjs',
    output: 'program.blob',
    disableExperimentalSEAWarning: true,
    // NODE_OPTIONS must not put foreign code into a program that may hold CAP_NET_RAW.
    execArgvExtension: 'none',
    assets,
  };
  writeFileSync(at('sea.json'), JSON.stringify(config));
  const make = ['--experimental-sea-config', 'sea.json'];
  execFileSync(resolve(node, 'bin/node'), make, { stdio: 'ignore', cwd: work });
  copyFileSync(`${node}/bin/node`, output);
  chmodSync(output, 0o755);
  execFileSync('strip', [output]);
  const args = [postject(), output, 'NODE_SEA_BLOB', at('program.blob'), '--sentinel-fuse', FUSE];
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  const beside = ['node_modules/assemblyscript', 'node_modules/koffi', rawSocket, node];
  const { text, sbom } = noticesOf(metafiles, beside, about);
  return { output, licences: text, sbom };
}
