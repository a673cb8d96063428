import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { all, judgeEach } from '../../../src/app/analyze-files.js';
import { catalogue } from '../../../src/index.js';
import { findingRows, findingTable } from '../../../src/report/rows/finding-row.js';
import { flowTable } from '../../../src/report/rows/flow-row.js';
import { flowRows } from '../../../src/report/rows/flow-rows.js';
import { schemaFault } from '../../json-schemas.js';
import { fits, schemaOf } from './sample.js';

const folder = fileURLToPath(new URL('../../../captures/', import.meta.url));
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.pcap'))
  .map((name) => `${folder}${name}`);
const captures = await all(judgeEach([...files, `${folder}missing.pcap`], { catalogue, everyFlow: true }));
const flows = captures.flatMap(({ result, facts }) =>
  'error' in result || !facts ? [] : [...flowRows(result, facts)],
);
const findings = captures.flatMap(({ result, facts }) => findingRows(result, facts ?? { began: null }));

describe('rows are what their schema and their columns say', () => {
  test.for([
    ['export-flows', flowTable, flows],
    ['export-findings', findingTable, findings],
  ] as const)('%s', ([name, { columns }, rows]) => {
    expect(Object.keys(schemaOf(name).properties)).toEqual(Object.keys(columns));
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      expect(Object.keys(row).sort()).toEqual(Object.keys(columns).sort());
      expect(schemaFault(name, row)).toBe('');
      for (const [column, type] of Object.entries(columns))
        expect([column, fits(row[column as never], type)]).toEqual([column, true]);
    }
  });
});

describe('rows are what --json says', () => {
  test('two for each flow, in the order they began, with its own numbers', () => {
    for (const { result } of captures) {
      if ('error' in result) continue;
      const rows = flows.filter(({ file }) => file === result.file);
      expect(rows.length).toBe(2 * (result.flowCounts.tcp + result.flowCounts.udp));
      const told = [...result.flows].sort((one, other) => one.firstFrame - other.firstFrame);
      expect(
        rows.map(({ flow, fate, largest, arrived, mss, ptb, retransmitted }) => [
          flow,
          fate,
          largest ?? 0,
          arrived ?? 0,
          mss,
          ptb,
          retransmitted,
        ]),
      ).toEqual(
        told.flatMap(({ firstFrame, fate, directions }) =>
          directions.map((one) => [
            firstFrame,
            fate,
            one.largestIp,
            one.deliveredIp,
            one.mss,
            one.ptb?.count ?? 0,
            one.retransmitted,
          ]),
        ),
      );
    }
  });
  test('every finding once; what could not be read has its error', () => {
    for (const { result } of captures) {
      const rows = findings.filter(({ file }) => file === result.file);
      if ('error' in result)
        expect(rows).toMatchObject([{ finding: null, error_code: 'file', verdict: 'inconclusive' }]);
      else {
        expect(
          rows.map(({ finding, severity, evidence }) => ({
            code: finding,
            severity,
            evidence: JSON.parse(evidence ?? 'null'),
          })),
        ).toEqual(
          result.findings.length === 0
            ? [{ code: null, severity: null, evidence: null }]
            : result.findings.map(({ code, severity, evidence }) => ({ code, severity, evidence })),
        );
      }
    }
  });
  test('what vanished and what arrived, of a black hole', () => {
    const [there] = flows.filter(({ file, from_client }) => file.endsWith('black-hole-client.pcap') && from_client);
    expect(there).toMatchObject({
      verdict: 'black-hole',
      fate: 'stuck',
      lost: 1500,
      arrived: null,
      mss: 1460,
      mss_peer: 1460,
      folder: 'captures',
    });
    expect(there?.capture_start).toMatch(/^2026-/);
  });
});
