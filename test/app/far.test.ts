import { expect, test } from 'vitest';
import { listen, listenPlace } from '../../src/app/listen.js';
import { probePeer } from '../../src/app/probe-peer.js';
import type { FarAnswer } from '../../src/probe/far/result.js';
import { reporterOf } from '../../src/report/index.js';
import { palette } from '../../src/report/palette.js';
import { schemaFault } from '../json-schemas.js';

test.for([
  [undefined, '127.0.0.1', 9470],
  ['0.0.0.0', '0.0.0.0', 9470],
  ['192.0.2.1:99', '192.0.2.1', 99],
  ['[::]:99', '::', 99],
  ['[::]:0', '[::]', 0],
  [':99', '127.0.0.1', 99],
] as const)('--listen %s', ([text, address, port]) => {
  const found = listenPlace(text);
  expect({ ...found, address: found.address.replace(/[[\]]/g, '') }).toEqual({
    address: address.replace(/[[\]]/g, ''),
    port,
  });
});
test.for(['gw.example.net', '1.2.3.4:70000', '-x', 'eth0'])('--listen %s is none', (text) => {
  expect(() => listenPlace(text)).toThrow();
});

test('both ends on the loopback', async () => {
  const stop = new AbortController();
  let begun: (port: number) => void = () => {};
  const port = new Promise<number>((resolve) => {
    begun = resolve;
  });
  const token = 'a-token-for-a-test';
  const served = listen({
    listen: '127.0.0.1:0',
    token,
    once: true,
    signal: stop.signal,
    onReady: (one) => begun(one.port),
  });
  const peer = `127.0.0.1:${await port}`;
  await expect(probePeer('127.0.0.1', { peer, token: 'x'.repeat(16) })).rejects.toThrow('does not take the token');
  await expect(probePeer('127.0.0.1', { peer })).rejects.toThrow('needs the token');
  await expect(probePeer('127.0.0.1', { peer, token: 'short' })).rejects.toThrow('16 to 256');
  const found: FarAnswer = await probePeer('127.0.0.1', { peer, token });
  // Without koffi only TCP passes; what is not known is said.
  const measured = found.there.verdict === null ? [] : ['fits'];
  expect([found.there.verdict, found.back.verdict].filter((one) => one !== null)).toEqual(
    measured.flatMap((one) => [one, one]),
  );
  if (measured.length === 0) expect(found.unknown.join()).toContain('koffi');
  expect([found.there.tcp.fate, found.back.tcp.fate]).toEqual(['passes', 'passes']);
  expect(schemaFault('far', JSON.parse(JSON.stringify(found)))).toBe('');
  const text = await reporterOf('far', 'text');
  const shown = text?.(found as never, { colour: palette(false), columns: 80 }) ?? '';
  expect(shown).toMatch(/TCP in full segments +passes/);
  expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  const over = await served;
  expect(over).toMatchObject({ sessions: 1, refused: 1, ended: 'once' });
  expect(schemaFault('listen', JSON.parse(JSON.stringify(over)))).toBe('');
});

test('it ends by itself, and at a signal', async () => {
  expect(await listen({ listen: '127.0.0.1:0', seconds: 0.01 })).toMatchObject({ ended: 'time', sessions: 0 });
  const stop = new AbortController();
  stop.abort();
  expect(await listen({ listen: '127.0.0.1:0', signal: stop.signal })).toMatchObject({ ended: 'signal' });
});
