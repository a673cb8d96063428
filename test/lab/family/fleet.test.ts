import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repo } from '../guest-process.js';
import { build, type Standing } from '../line/build.js';

/**
 * Debian's prometheus scrapes `watch --listen` at A of a line whose MTU changes: its alert fires. Needs the package
 * prometheus.
 */
const example = (name: string): string => `${repo}/examples/fleet/${name}`;
let line: Standing;
let folder = '';
const children: ChildProcess[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtucalc-fleet-'));
  line = build({
    says: 'a path that narrows while it is watched',
    family: 4,
    links: [1500, 1500],
    routers: [{}],
    engines: ['raw'],
    expect: { verdicts: [], never: [] },
  });
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  line.down();
  rmSync(folder, { recursive: true });
});

test('rules and configuration', () => {
  const promtool = (...words: string[]): string => execFileSync('promtool', words, { encoding: 'utf8' });
  expect(promtool('check', 'config', example('prometheus.yml'))).toContain('SUCCESS');
  expect(promtool('test', 'rules', example('rules.test.yml'))).toContain('SUCCESS');
});

/** What the dashboard asks, for every target. */
const asked = (): string[] => {
  const { panels } = JSON.parse(readFileSync(example('dashboard.json'), 'utf8')) as {
    panels: { targets: { expr: string }[] }[];
  };
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr.replaceAll('$target', '.*')));
};

test('units', () => {
  for (const unit of ['mtucalc-watch.service', 'mtucalc-watch-once.service', 'mtucalc-watch-once.timer']) {
    // It says what is wrong with a unit, and that /usr/bin/mtucalc is not there.
    const { stderr } = spawnSync('systemd-analyze', ['verify', example(unit)], { encoding: 'utf8' });
    const faults = stderr.split('\n').filter((text) => text.includes('mtucalc') && !text.includes('is not executable'));
    expect(faults).toEqual([]);
  }
});

test('the alert fires', { timeout: 120_000 }, async () => {
  const [ip = '', ...rest] = line.run;
  const inside = (...words: string[]): string => execFileSync(ip, [...rest, ...words], { encoding: 'utf8' });
  const begin = (...words: string[]): void => {
    children.push(spawn(ip, [...rest, ...words], { stdio: 'ignore' }));
  };
  const get = (url: string): string => {
    try {
      return inside('curl', '-s', '-m', '3', url);
    } catch {
      return '';
    }
  };
  const until = async (url: string, holds: string): Promise<string> => {
    for (let i = 0; i < 80; i++) {
      const text = get(url);
      if (text.includes(holds)) return text;
      await pause(500);
    }
    throw new Error(`${url} never said ${holds}: ${get(url)}`);
  };
  inside('ip', 'link', 'set', 'lo', 'up');
  const rules = readFileSync(example('rules.yml'), 'utf8');
  const config = readFileSync(example('prometheus.yml'), 'utf8').replace('10.2.0.1, 10.3.0.1', line.target);
  writeFileSync(join(folder, 'rules.yml'), rules);
  writeFileSync(join(folder, 'prometheus.yml'), `global: { scrape_interval: 1s, evaluation_interval: 1s }\n${config}`);
  begin(
    process.execPath,
    `${repo}/bin/mtucalc.js`,
    'watch',
    line.target,
    '--interval',
    '10s',
    '--listen',
    '127.0.0.1:9845',
  );
  const probe = `http://127.0.0.1:9845/probe?target=${line.target}`;
  const before = await until(probe, 'probe_success 1');
  execFileSync('promtool', ['check', 'metrics'], { input: before });
  begin(
    'prometheus',
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/data`,
    '--web.listen-address=127.0.0.1:29090',
  );
  await until('http://127.0.0.1:29090/api/v1/query?query=mtucalc_path_mtu_octets', '"1500"');
  // The narrow link is the second: its router speaks.
  const router = (rest.at(-1) as string).replace(/-a$/, '-r1');
  execFileSync('ip', ['-n', router, 'link', 'set', 'e1', 'mtu', '1400']);
  const alerts = await until('http://127.0.0.1:29090/api/v1/alerts', '"state":"firing"');
  expect(alerts).toContain('PathMtuDropped');
  expect(alerts).toContain('fell to 1400 octets');
  expect(alerts).not.toContain('PathBlackHole');
  for (const query of asked()) {
    const answer = inside(
      'curl',
      '-sG',
      '-m',
      '3',
      'http://127.0.0.1:29090/api/v1/query',
      '--data-urlencode',
      `query=${query}`,
    );
    const { status, data } = JSON.parse(answer) as { status: string; data: { result: unknown[] } };
    // Nobody said what to expect of this target.
    expect([query, status, data.result.length > 0]).toEqual([
      query,
      'success',
      !query.startsWith('max by (target, family) (mtucalc_expected'),
    ]);
  }
});
