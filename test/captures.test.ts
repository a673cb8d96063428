import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recordings } from './lab/recordings.js';

const folder = new URL('../captures/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const captures = readdirSync(folder).filter((name) => name.endsWith('.pcap'));

test('every recording has its files, and every file its recording', () => {
  const named = recordings.flatMap(({ name, scenario }) =>
    (scenario.capture ?? []).map(({ point }) => `${name}-${point}.pcap`),
  );
  expect(captures.toSorted()).toEqual(named.toSorted());
});

test.for(captures)('%s is small, has a sidecar and a line in the README', (file) => {
  expect(statSync(new URL(file, folder)).size).toBeLessThanOrEqual(60 * 1024);
  const sidecar = JSON.parse(read(file.replace(/pcap$/, 'json')));
  const recording = recordings.find(({ name }) => file.startsWith(`${name}-${sidecar.point}.`));
  expect(sidecar).toMatchObject({ file, verdict: recording?.verdict, shows: recording?.shows });
  expect(sidecar.accept).toEqual(recording?.accept[sidecar.point as keyof typeof recording.accept]);
  expect(read('README.md')).toContain(`| \`${file}\` | ${sidecar.point} | ${sidecar.verdict} | ${sidecar.shows} |`);
});
