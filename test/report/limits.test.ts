import { expect, test } from 'vitest';
import type { AnalyzeResult } from '../../src/analyze/result.js';
import { lint } from '../../src/lint/lint.js';
import { escapeHtml } from '../../src/report/html/escape.js';
import { flowTable } from '../../src/report/html/tables.js';
import { lintSarif } from '../../src/report/sarif/lint.js';
import { printable } from '../../src/report/text/printable.js';
import { frameFilter } from '../../src/report/text/verdict.js';
import { judge, Script } from '../analyze/script.js';

test.for([
  [`<b a="1" b='2'>&`, '&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;'],
  ['gnp\u202efdp\u2066\u200f', 'gnp\ufffdfdp\ufffd\ufffd'],
  ['\u001b[31m', '\ufffd[31m'],
] as const)('%j in a page', ([text, html]) => expect(escapeHtml(text)).toBe(html));

test.for([
  ['gnp\u202efdp', 'gnp\\u202efdp'],
  ['\u2066x\u2069', '\\u2066x\\u2069'],
  ['a\u001bb\n', 'a\\u001bb\\u000a'],
] as const)('%j in a line of text', ([text, shown]) => expect(printable(text)).toBe(shown));

test('frames that follow each other are one range', () => {
  expect(frameFilter([1, 2, 3, 5, 7, 8])).toBe('frame.number in {1..3, 5, 7..8}');
});

test('a page lists a hundred flows and counts the others', () => {
  const { flows, flowCounts } = judge(new Script().handshake().transfer('client', 100, 1).packets);
  const rows = (count: number): [number, boolean] => {
    const many = { flows: Array.from({ length: count }, () => flows[0]!), flowCounts: { ...flowCounts, tcp: count } };
    const html = flowTable(many as unknown as AnalyzeResult);
    return [html.match(/<tr>/g)!.length - 1, html.includes('more flows are not listed')];
  };
  expect([rows(100), rows(101)]).toEqual([
    [200, false],
    [200, true],
  ]);
});

test('a file name with blanks is an address in SARIF', () => {
  const result = lint(
    '/ip firewall mangle\nadd action=change-mss chain=forward new-mss=1 nonsense',
    {},
    { file: './my export.rsc' },
  );
  expect(lintSarif(result)).toContain('"uri": "my%20export.rsc"');
});
