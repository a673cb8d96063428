import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/analyze/judge.js';
import type { AnalyzeResult } from '../../../src/analyze/result.js';
import { Script } from '../script.js';

/** A recorder that lost packets: from one in a hundred on what is missing proves little. */
const lost = (script: Script, dropped: number): AnalyzeResult => judge({ ...script.judge().capture, dropped });
/** 99 frames. */
const fine = (): Script => new Script().handshake().transfer('client', 1460, 48);
const hole = (): Script => {
  const script = new Script().handshake().transfer('client', 100, 45);
  const seq = script.next.client;
  for (let index = 0; index < 2; index++) script.data('client', 1460);
  for (const wait of [0.25, 0.5, 1, 2]) script.wait(wait).segment('client', { seq, data: 1460 });
  return script;
};
const severity = ({ findings }: AnalyzeResult, code: string) => findings.find((one) => one.code === code)?.severity;

describe('a recorder that lost packets', () => {
  test('none', () => expect(lost(fine(), 0).findings).toEqual([]));
  test('one in a hundred: no all-clear', () => {
    expect(fine().judge().verdict).toBe('ok');
    expect(lost(fine(), 1).verdict).toBe('inconclusive');
    expect(severity(lost(fine(), 1), 'capture-dropped')).toBe('warning');
  });
  test('fewer: a remark', () => {
    const long = (): Script => new Script().handshake().transfer('client', 1460, 49);
    expect(lost(long(), 1).verdict).toBe('ok');
    expect(severity(lost(long(), 1), 'capture-dropped')).toBe('info');
  });
  test('an answer that is missing may be among them', () => {
    expect(hole().judge().verdict).toBe('black-hole');
    expect(lost(hole(), 5).verdict).toBe('black-hole-suspected');
    expect(severity(lost(hole(), 5), 'black-hole-suspected')).toBe('warning');
  });
});
