import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { dial } from '../../../src/io/far/dial.js';
import type { Lines } from '../../../src/io/far/lines.js';
import { type Listener, openListener } from '../../../src/io/far/listener.js';
import { codeOf, newNonce, proofsOf } from '../../../src/io/far/proof.js';
import { readReport } from '../../../src/probe/far/message.js';

const token = '0123456789abcdef';
let listener: Listener;
const open: Socket[] = [];
const logged: string[] = [];
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy();
  logged.length = 0;
  await listener.close();
});
const start = async (allow: readonly string[] = []): Promise<void> => {
  const log = (says: string): unknown => logged.push(says);
  listener = await openListener({ address: '127.0.0.1', port: 0, allow, token, log });
};
/** A connection that says nothing yet. */
async function stranger(): Promise<Socket> {
  const socket = connect(listener.port, '127.0.0.1');
  socket.on('error', () => {});
  open.push(socket);
  await once(socket, 'connect');
  return socket;
}
/** A reset is an end like another. */
const closed = (socket: Socket): Promise<unknown> =>
  socket.closed ? Promise.resolve() : new Promise((resolve) => socket.once('close', resolve));
/** Everything it is told until the end. */
async function heard(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (data) => {
    text += String(data);
  });
  await closed(socket);
  return text;
}
/** What the far end says first in a session of ours. */
async function ready(lines: Lines): Promise<unknown> {
  const answer = new Promise((resolve) => {
    lines.onValue = resolve;
  });
  lines.send({ do: 'open', family: 4, address: '127.0.0.1' });
  return readReport(await answer);
}
const legitimate = async (): Promise<void> => {
  const lines = await dial('127.0.0.1', listener.port, token);
  expect(await ready(lines)).toMatchObject({ is: 'ready', port: listener.port });
  lines.close();
};
const hello = (nonce = newNonce()): string => `${JSON.stringify({ mtucalc: 1, nonce })}\n`;

describe('who knows the token', () => {
  test('is served, and the token is never on the wire', async () => {
    await start();
    await legitimate();
    expect(logged[0]).toBe('session 1 from 127.0.0.1: begins');
    expect(JSON.stringify(proofsOf(token, newNonce(), newNonce()))).not.toContain(token);
  });
  test('with another one nothing is said but the challenge, and that is no longer than what came', async () => {
    await start();
    const socket = await stranger();
    const first = hello();
    const all = heard(socket);
    socket.write(first);
    await once(socket, 'data');
    socket.write(`{"proof":"${'0'.repeat(64)}"}\n`);
    const said = await all;
    expect(said).toMatch(/^\{"nonce":"[0-9a-f]{64}"\}\n$/);
    expect(said.length).toBeLessThanOrEqual(first.length);
    await expect(dial('127.0.0.1', listener.port, 'another-token-000')).rejects.toThrow('does not take the token');
    expect(listener.counts()).toEqual({ sessions: 0, refused: 2 });
  });
  test('a proof that was overheard is worth nothing the second time', async () => {
    await start();
    const nonce = newNonce();
    const first = await stranger();
    first.write(hello(nonce));
    const [challenge] = await once(first, 'data');
    const proof = `{"proof":"${proofsOf(token, nonce, JSON.parse(String(challenge)).nonce).near}"}\n`;
    first.write(proof);
    await once(first, 'data');
    const second = await stranger();
    const all = heard(second);
    second.write(hello(nonce));
    await once(second, 'data');
    second.write(proof);
    expect((await all).split('\n')).toHaveLength(2);
    expect(listener.counts()).toEqual({ sessions: 1, refused: 1 });
  });
  test('who answers in the name of the far end must know it too', async () => {
    await start();
    const { createServer } = await import('node:net');
    const liar = createServer((socket) => {
      socket.once('data', () => {
        socket.write(`{"nonce":"${'a'.repeat(64)}"}\n`);
        socket.once('data', () => socket.write(`{"proof":"${'b'.repeat(64)}"}\n`));
      });
      socket.on('error', () => {});
    });
    await once(liar.listen(0, '127.0.0.1'), 'listening');
    const { port } = liar.address() as { port: number };
    await expect(dial('127.0.0.1', port, token)).rejects.toThrow('does not know the token itself');
    liar.close();
  });
  test.for(['null', '7', '"nonce"', '[]', '{"nonce":null}'])('what answers %s is no far end', async (line) => {
    await start();
    const { createServer } = await import('node:net');
    const other = createServer((socket) => {
      socket.once('data', () => socket.write(`${line}\n`));
      socket.on('error', () => {});
    });
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as { port: number };
    await expect(dial('127.0.0.1', port, token)).rejects.toThrow('is no mtucalc');
    other.close();
  });
  test.for([
    [4, '1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1'],
    [4, '::1'],
    [6, '127.0.0.1'],
    [6, '1::1::1'],
  ] as const)('an address that is none of IPv%i ends the session alone: %s', async ([family, address]) => {
    await start();
    const lines = await dial('127.0.0.1', listener.port, token);
    const over = new Promise<void>((resolve) => {
      lines.onEnd = resolve;
    });
    lines.send({ do: 'open', family, address });
    await over;
    await legitimate();
  });
  test('a line put in by somebody else ends the session', async () => {
    await start();
    const nonce = newNonce();
    const socket = await stranger();
    socket.write(hello(nonce));
    const [challenge] = await once(socket, 'data');
    const { near, key } = proofsOf(token, nonce, JSON.parse(String(challenge)).nonce);
    socket.write(`{"proof":"${near}"}\n`);
    await once(socket, 'data');
    const line = '{"do":"open","family":4,"address":"127.0.0.1"}';
    socket.write(`${line}\t${codeOf(key, 'near', 0, line)}\n`);
    await once(socket, 'data');
    // The same line once more: its number is another one now.
    socket.write(`${line}\t${codeOf(key, 'near', 0, line)}\n`);
    await closed(socket);
    expect(logged.at(-1)).toBe('session 1 from 127.0.0.1: over');
  });
});

describe('who does not', () => {
  test.for([
    ['garbage', Buffer.from([0, 255, 10, 7, 10])],
    ['a request of HTTP', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['no object', '7\n'],
    ['a version that is none', '{"mtucalc":2,"nonce":"00"}\n'],
    ['a nonce that is none', '{"mtucalc":1,"nonce":"zz"}\n'],
    ['a hello too short for its answer', `{"mtucalc":1,"nonce":7}\n`],
    ['a line without end', Buffer.alloc(100_000, 'a')],
    ['a line of 257 octets', `${'a'.repeat(257)}\n`],
    ['a session that is none', `{"data":"${'0'.repeat(32)}","connection":0}\n`],
  ] as const)('%s hears nothing', async ([, octets]) => {
    await start();
    const socket = await stranger();
    const all = heard(socket);
    socket.write(octets);
    expect(await all).toBe('');
    await legitimate();
  });
  test('a thousand that say nothing push out each other, not who knows the token', async () => {
    await start();
    const idle = await Promise.all(Array.from({ length: 1000 }, () => stranger()));
    await legitimate();
    expect(idle).toHaveLength(1000);
    await expect.poll(() => listener.counts().refused).toBeGreaterThanOrEqual(1000 - 64);
    expect(listener.counts().sessions).toBe(1);
  });
  test('one octet after the other, for ever: it is not waited for, and others are served', async () => {
    await start();
    const slow = await Promise.all(Array.from({ length: 50 }, () => stranger()));
    for (const socket of slow) socket.write('{');
    await legitimate();
    for (const socket of slow) socket.write('"');
    await legitimate();
  });
  test('garbage by the thousand leaves nothing behind', async () => {
    await start();
    for (let round = 0; round < 20; round++) {
      const all = await Promise.all(Array.from({ length: 50 }, () => stranger()));
      await Promise.all(
        all.map((socket) => {
          const over = heard(socket);
          socket.write(Buffer.alloc(4096, round));
          return over;
        }),
      );
    }
    expect(listener.counts().refused).toBe(1000);
    await legitimate();
  });
  test('an address that is not allowed is not even read', async () => {
    await start(['192.0.2.0/24']);
    await expect(dial('127.0.0.1', listener.port, token)).rejects.toThrow();
    expect(listener.counts()).toEqual({ sessions: 0, refused: 1 });
  });
  test('no more than 64 sessions', async () => {
    await start();
    const all: Lines[] = [];
    for (let i = 0; i < 64; i++) all.push(await dial('127.0.0.1', listener.port, token));
    await expect(dial('127.0.0.1', listener.port, token)).rejects.toThrow('does not take the token');
    all[0]?.close();
    await expect
      .poll(() =>
        dial('127.0.0.1', listener.port, token).then(
          (one) => one.close() === undefined,
          () => false,
        ),
      )
      .toBe(true);
    for (const one of all) one.close();
  });
});

test.for(['192.0.2.0/33', 'net', '1.2.3.4/', '2001:db8::/129'])('--allow %s is no network', async (allow) => {
  await start();
  await expect(openListener({ address: '127.0.0.1', port: 0, allow: [allow], token, log: () => {} })).rejects.toThrow(
    'is no network',
  );
});
test('a port that is taken is told', async () => {
  await start();
  const { port } = listener;
  await expect(openListener({ address: '127.0.0.1', port, allow: [], token, log: () => {} })).rejects.toThrow(
    `port ${port}: something else listens there`,
  );
});
