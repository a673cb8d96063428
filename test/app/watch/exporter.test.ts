import { request as ask } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exporter } from '../../../src/app/watch/exporter.js';
import { serveFigures } from '../../../src/io/figures-server.js';
import { newPath, type WatchedPath } from '../../../src/probe/watch/path.js';
import type { MeasuredReading } from '../../../src/probe/watch/reading.js';
import { ownFigures, probeFigures } from '../../../src/report/prometheus/watch.js';
import { expositionFaults } from '../../report/exposition-faults.js';

const reading = (at: number, verdict: MeasuredReading['verdict'] = 'black-hole'): MeasuredReading => ({
  at,
  address: '192.0.2.1',
  family: 4,
  engine: 'raw',
  protocol: 'icmp',
  verdict,
  low: 1400,
  high: 1400,
  packets: 30,
  elapsedMs: 400,
});
const paths: readonly WatchedPath[] = [
  { ...newPath('seen', null, 1422), readings: [reading(9700)] },
  { ...newPath('old', null, null), readings: [reading(9000)] },
  { ...newPath('silent', 6, null), readings: [reading(9990, 'target-silent')] },
  newPath('slow', null, null),
  newPath('quick', null, null),
];
const waited: number[] = [];
const answer = exporter({
  paths: () => paths,
  value: () => ({ schemaVersion: 2, at: 10_000, paths, changes: [], skipped: [] }),
  measure: async (path) =>
    path.target === 'quick' ? { ...path, readings: [reading(10_000, 'fits')] } : new Promise<never>(() => {}),
  interval: 300,
  clock: () => 10_000_000,
  pause: async (ms) => {
    await new Promise((resolve) => setImmediate(resolve));
    waited.push(ms);
  },
  figures: probeFigures,
  own: (value, requests) => ownFigures(value.paths.length, requests, 1),
});
let server: Awaited<ReturnType<typeof serveFigures>>;
beforeAll(async () => {
  server = await serveFigures({ address: '127.0.0.1', port: 0 }, answer);
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number | undefined; text: string; type: string | undefined }>((resolve, reject) => {
    ask({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (piece) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode, text, type: response.headers['content-type'] }));
    })
      .on('error', reject)
      .end();
  });

describe('/probe as blackbox_exporter has it', () => {
  test.for([
    ['/probe', 400],
    ['/probe?target=', 400],
    ['/probe?target=seen&module=icmp', 400],
    ['/probe?target=seen&module=__proto__', 400],
    ['/probe?target=198.51.100.1', 403],
    ['/probe?target=seen&module=mtu_ip6', 403],
    ['/probe?target=silent&module=mtu_ip6', 200],
    ['/nowhere', 404],
    ['/-/healthy', 200],
    ['/metrics', 200],
  ] as const)('%s: %i', async ([path, status]) => expect((await get(path)).status).toBe(status));
  test.for([
    ['seen', ['probe_success 1', 'mtucalc_probe_age_seconds{target="seen"} 300', '} 1400', '} 1422']],
    ['old', ['probe_success 0']],
    ['silent', ['probe_success 0', 'mtucalc_probe_success{target="silent",family="ip6"']],
    ['slow', ['probe_success 0']],
    ['quick', ['probe_success 1', '} 1400']],
  ] as const)('%s', async ([target, holds]) => {
    const { status, text, type } = await get(`/probe?target=${target}`);
    expect([status, type, expositionFaults(text)]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8', []]);
    for (const one of holds.slice(0, 3).filter((part) => !part.includes('family'))) expect(text).toContain(one);
    expect(text.includes('mtucalc_path_mtu_octets{')).toBe(holds.includes('probe_success 1' as never));
  });
  test.for([
    [{ 'x-prometheus-scrape-timeout-seconds': '3' }, 2500],
    [{}, 9500],
    [{ 'x-prometheus-scrape-timeout-seconds': '0.2' }, 0],
    [{ 'x-prometheus-scrape-timeout-seconds': '1e9' }, 119_500],
    [{ 'x-prometheus-scrape-timeout-seconds': 'soon' }, 9500],
  ] as const)('%o waits %i ms', async ([headers, ms]) => {
    await get('/probe?target=slow', headers as Record<string, string>);
    expect(waited.at(-1)).toBe(ms);
  });
  test('its own figures', async () => expect(expositionFaults((await get('/metrics')).text)).toEqual([]));
});

describe('who may ask', () => {
  test.for([
    ['127.0.0.1:1', 200],
    ['[::1]:9845', 200],
    ['localhost', 200],
    ['evil.example', 421],
    ['127.0.0.1.evil.example:9845', 421],
  ] as const)('Host %o: %i', async ([host, status]) => expect((await get('/metrics', { host })).status).toBe(status));
  test.for([{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }])(
    'a page of somebody else: %o',
    async (headers) => expect((await get('/metrics', headers as Record<string, string>)).status).toBe(403),
  );
  test('no other method, no large head, no garbage', async () => {
    expect((await get('/metrics', {}, 'POST')).status).toBe(405);
    expect((await get('/metrics', { x: 'x'.repeat(9000) }).catch(() => ({ status: 0 }))).status).toBe(0);
    const closed = await new Promise((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write('\u0000\u0001garbage\r\n\r\n'));
      socket.on('close', () => resolve(true)).on('error', () => {});
      socket.resume();
    });
    expect(closed).toBe(true);
    expect((await get('/-/healthy')).status).toBe(200);
  });
});
