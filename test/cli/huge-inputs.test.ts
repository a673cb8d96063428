import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { fakeTerminal } from '../terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'mtucalc-huge-'));
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  writeFileSync(at('sparse'), '');
  // Takes no room on the disk.
  truncateSync(at('sparse'), 5 * 1024 ** 3);
  writeFileSync(at('program'), Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(5000, '\0\x01\xfe')]));
  writeFileSync(at('lines'), 'a\n'.repeat(3_000_000));
  mkdirSync(at('folder'));
  writeFileSync(at('fine'), '/interface gre\nadd name=a\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Whatever takes the name of a file that is read. */
const readers: Readonly<Record<string, (file: string) => string[]>> = {
  lint: (file) => ['lint', file],
  'lint --from': (file) => ['lint', at('fine'), '--from', file],
  import: (file) => ['import', file],
  diagnose: (file) => ['diagnose', file],
  analyze: (file) => ['analyze', file],
  'analyze --before': (file) => ['analyze', '--before', file, '--after', file, '-c', 'aes256'],
  'calc --from': (file) => ['calc', '--from', file],
  'calc --ciphers': (file) => ['calc', '-c', 'aes256', '--ciphers', file],
  'snippet --from': (file) => ['snippet', 'routeros', '--from', file],
  'verify --from': (file) => ['verify', '127.0.0.1', '--from', file],
  'watch --targets': (file) => ['watch', '--targets', file, '--once', '--state', at('state')],
  'watch --state': (file) => ['watch', '127.0.0.1', '--once', '--state', file],
};

async function run(words: readonly string[]): Promise<{ code: number; stderr: string; stdout: string }> {
  const screen = fakeTerminal();
  const code = await main(words, screen.terminal);
  return { code, stderr: screen.stderr, stdout: screen.stdout };
}

describe.for(Object.entries(readers))('%s', ([, words]) => {
  test.for(['sparse', 'program', 'lines', '/dev/zero', 'folder'])('%s ends with a sentence', async (name) => {
    // A folder is what analyze reads: it says that no capture is in it.
    const { code, stderr, stdout } = await run(words(name.startsWith('/') ? name : at(name)));
    expect(code).toBe(2);
    expect(`${stderr}${stdout}`).not.toMatch(/\n\s+at /);
    expect(stderr + stdout).toMatch(
      /octets|lines|not text|directory|folder|no regular file|no capture|no state|EISDIR|is no host|not JSON|begins with/,
    );
  });
});

test.for(Object.entries(readers).filter(([name]) => !/analyze|state/.test(name)))(
  'a pipe without end: %s',
  async ([, words]) => {
    const pipe = at('pipe');
    rmSync(pipe, { force: true });
    execFileSync('mkfifo', [pipe]);
    const writer = spawn('sh', ['-c', 'exec cat /dev/zero > "$0"', pipe], { stdio: 'ignore' });
    try {
      const { code, stderr } = await run(words(pipe));
      expect(code).toBe(2);
      expect(stderr).toMatch(/larger than|more than|no regular file|not text/);
    } finally {
      writer.kill();
    }
  },
);
