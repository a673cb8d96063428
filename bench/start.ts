/**
 * npm run bench:start [-- --runs N] [NODE …]: processor time from start to answer, above that of `node -e 0`, of every command
 * that answers at once, under Node 20, 22 and 24 (npm's own builds of them, or the executables named). Runs take turns;
 * the median counts. The first run starts with an empty cache folder, the later ones with the code it kept there.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import koffi from 'koffi';

const root = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'mtucalc-start-'));
const bin = join(root, 'bin/mtucalc.js');
const paste = join(root, 'test/device/fixtures/cisco-iosxe-two-peers.txt');
const script = join(root, 'test/device/fixtures/routeros-defaults.txt');

/** What is run, and what the goal is: so many times bare Node by its major version, or so many milliseconds above it. */
const commands: readonly {
  readonly argv: readonly string[];
  readonly goal: { times: Record<string, number> } | { above: number };
}[] = [
  { argv: ['-c', 'aes256', '-w', 'pppoe'], goal: { times: { 20: 1.25, 22: 1.5, 24: 1.5 } } },
  { argv: ['identify', '1422'], goal: { above: 100 } },
  { argv: ['compare'], goal: { above: 100 } },
  { argv: ['snippet', 'routeros', '-c', 'aes256-sha256', '-w', 'pppoe'], goal: { above: 100 } },
  { argv: ['lint', script], goal: { above: 100 } },
  { argv: ['import', paste], goal: { above: 100 } },
  { argv: ['ciphers'], goal: { above: 100 } },
];

// struct rusage begins with two struct timeval: seconds and microseconds of user and of system time.
const getrusage = koffi.load('libc.so.6').func('int getrusage(int who, _Out_ int64_t *usage)');
const CHILDREN = -1;
function childTime(): number {
  const usage = new BigInt64Array(18);
  getrusage(CHILDREN, usage);
  const [seconds = 0n, micro = 0n, systemSeconds = 0n, systemMicro = 0n] = usage;
  return Number(seconds + systemSeconds) * 1000 + Number(micro + systemMicro) / 1000;
}

const { NODE_OPTIONS: _, ...environment } = process.env;
function cost(node: string, argv: readonly string[], cache: string): number {
  const before = childTime();
  const { status } = spawnSync(node, argv, { stdio: 'ignore', env: { ...environment, XDG_CACHE_HOME: cache } });
  if (status === null || status > 1) throw new Error(`${node} ${argv.join(' ')} ended with ${status}`);
  return childTime() - before;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** npm's own build of a Node version, in a folder of this run. */
function nodeOf(version: number): string {
  const build = `node-linux-${process.arch}`;
  const folder = join(work, String(version));
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder, `${build}@${version}`]);
  return join(folder, 'node_modules', build, 'bin/node');
}

const words = process.argv.slice(2);
const at = words.indexOf('--runs');
const runs = at < 0 ? 15 : Number(words.splice(at, 2)[1]);
const nodes = words.length > 0 ? words : [20, 22, 24].map(nodeOf);
try {
  console.log(
    `processor time in milliseconds, median of ${runs} runs in turn; ${cpus()[0]?.model}, ${cpus().length} processors`,
  );
  for (const node of nodes) {
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    const first: number[][] = commands.map(() => []);
    for (let i = 0; i < 3; i++) {
      commands.forEach(({ argv }, which) => {
        first[which]?.push(cost(node, [bin, ...argv], mkdtempSync(join(work, 'first-'))));
      });
    }
    const cache = join(work, `kept-${version}`);
    for (const { argv } of commands) cost(node, [bin, ...argv], cache);
    const bare: number[] = [];
    const later: number[][] = commands.map(() => []);
    for (let i = 0; i < runs; i++) {
      bare.push(cost(node, ['-e', '0'], cache));
      commands.forEach(({ argv }, which) => {
        later[which]?.push(cost(node, [bin, ...argv], cache));
      });
    }
    const base = median(bare);
    console.log(`\nNode ${version.slice(1)}: bare ${base.toFixed(1)}`);
    console.log('command     later  times bare  above bare  first   goal');
    commands.forEach(({ argv, goal }, which) => {
      const time = median(later[which] ?? []);
      const most = 'above' in goal ? base + goal.above : base * (goal.times[version.slice(1, 3)] ?? 1.5);
      const says = 'above' in goal ? `+${goal.above} ms` : `${(most / base).toFixed(2)} x`;
      const name = argv[0]?.startsWith('-') ? 'calc' : argv[0];
      const figures = [
        time.toFixed(1).padStart(6),
        (time / base).toFixed(2).padStart(10),
        `+${(time - base).toFixed(1)}`.padStart(10),
      ];
      console.log(
        `${name?.padEnd(10)} ${figures.join('  ')}  ${median(first[which] ?? [])
          .toFixed(1)
          .padStart(6)}  ${says}${time > most ? '  MISSED' : ''}`,
      );
    });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
