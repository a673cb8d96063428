import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { ProbeAnswer, ProbeResult } from '../../../src/probe/result.js';
import { repo } from '../guest-process.js';
import { build } from '../line/build.js';
import type { Line } from '../line/path.js';

/** Paths that lie, ration, filter and turn: each a line of routers in namespaces of this machine, with its truth. */
const folder = fileURLToPath(new URL('../line/paths', import.meta.url));
const rows = readdirSync(folder).flatMap((file) => {
  const line = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Line;
  return line.engines.map((engine) => ({ name: file.replace('.json', ''), engine, line }));
});

/** Runs the command at A; the ordinary user's engines as an ordinary user. */
function probe(line: Line, engine: string): Promise<{ readonly result: ProbeResult; readonly status: number | null }> {
  const standing = build(line);
  const user = engine === 'raw' ? [] : ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
  const words = [...standing.run, ...user, process.execPath, `${repo}/bin/mtucalc.js`, 'probe', standing.target]
    .concat(line.args ?? [])
    .concat('--engine', engine, '--json');
  return new Promise((resolve, reject) => {
    const child = execFile(words[0] as string, words.slice(1), { timeout: 90_000 }, (_error, stdout, stderr) => {
      standing.down();
      try {
        const [result] = (JSON.parse(stdout) as ProbeAnswer).results;
        resolve({ result: result as ProbeResult, status: child.exitCode });
      } catch {
        reject(new Error(`no JSON: ${stderr || stdout}`));
      }
    });
  });
}

describe('a line of routers in namespaces', () => {
  test.for(rows)('$name by $engine', { timeout: 120_000 }, async ({ line, engine }) => {
    const { result, status } = await probe(line, engine);
    const { verdict, pathMtu, interval, bottleneck, findings } = result;
    const { verdicts, holds, pathMtu: truth = holds, never, after, before } = line.expect;
    const shown = `${verdict} ${pathMtu ?? JSON.stringify(interval)} ${JSON.stringify(bottleneck)} ${findings[0]?.says}`;
    expect(never, shown).not.toContain(verdict);
    expect(verdicts, shown).toContain(verdict);
    if (pathMtu !== undefined) expect(pathMtu, shown).toBe(truth);
    else {
      expect(interval?.low, shown).toBeLessThanOrEqual(truth as number);
      expect(interval?.high, shown).toBeGreaterThanOrEqual(truth as number);
    }
    if (verdict === 'black-hole') expect(status, shown).toBe(1);
    if (after !== undefined) expect(bottleneck?.after.hop ?? 0, shown).toBeLessThanOrEqual(after);
    if (before !== undefined) expect(bottleneck?.before.hop ?? 99, shown).toBeGreaterThanOrEqual(before);
  });
});
