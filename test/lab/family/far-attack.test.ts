import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { probePeer } from '../../../src/app/probe-peer.js';
import { openListener } from '../../../src/io/far/listener.js';
import { repo } from '../guest-process.js';

/** A listener on the loopback, in a process of its own, under attack: who knows the token is served, memory stays. */
const TOKEN = 'a-token-of-the-lab-0123';
const PORT = 29_470;
/** More than this is no noise of a garbage collector, MB. */
const GROWTH = 48;

const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

test('100 half-open connections of one address leave room for who came before and who comes after', async () => {
  const listener = await openListener({ address: '127.0.0.1', port: 0, allow: [], token: TOKEN, log: () => {} });
  const sockets: Socket[] = [];
  const from = (localAddress: string): Promise<Socket> =>
    new Promise((resolve) => {
      const socket = connect({ port: listener.port, host: '127.0.0.1', localAddress }, () => resolve(socket));
      socket.on('error', () => {});
      sockets.push(socket);
    });
  const challenged = (socket: Socket): Promise<string> =>
    new Promise((resolve) => {
      socket.once('data', (data) => resolve(String(data)));
      socket.once('close', () => resolve('closed'));
      socket.write(`{"mtucalc":1,"nonce":"${'0'.repeat(64)}"}\n`);
    });
  try {
    const early = await from('127.0.0.1');
    await Promise.all(Array.from({ length: 100 }, () => from('127.0.0.2')));
    const late = await from('127.0.0.3');
    await expect.poll(() => listener.counts().refused).toBe(68);
    expect(await Promise.all([challenged(early), challenged(late)])).toEqual([
      expect.stringMatching(/^\{"nonce"/),
      expect.stringMatching(/^\{"nonce"/),
    ]);
  } finally {
    for (const socket of sockets) socket.destroy();
    await listener.close();
  }
});

test('garbage, idle connections, wrong tokens and floods at once', { timeout: 120_000 }, async () => {
  const child = spawn(process.execPath, [`${repo}/bin/mtucalc.js`, 'listen', '--listen', `127.0.0.1:${PORT}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MTUCALC_TOKEN: TOKEN },
  });
  let logged = 0;
  await new Promise((resolve) => child.stderr.once('data', resolve));
  child.stderr.on('data', (data) => {
    logged += data.length;
  });
  const pid = child.pid as number;
  const ask = (): ReturnType<typeof probePeer> =>
    probePeer('127.0.0.1', { peer: `127.0.0.1:${PORT}`, token: TOKEN, max: 1500 });
  let going = true;
  const sockets = new Set<Socket>();
  const stranger = (say: string | Buffer): void => {
    const socket = connect(PORT, '127.0.0.1', () => socket.write(say));
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    sockets.add(socket);
  };
  const count = { connections: 0, datagrams: 0 };
  const udp = createSocket('udp4');
  const noise = Buffer.alloc(1400, 0x41);
  const flood = async (): Promise<void> => {
    const hello = `{"mtucalc":1,"nonce":"${'0'.repeat(64)}"}\n{"proof":"${'0'.repeat(64)}"}\n`;
    while (going) {
      for (const say of ['', '{', hello, Buffer.alloc(8192, 0xff)]) stranger(say);
      count.connections += 4;
      for (let i = 0; i < 200; i++) udp.send(noise, PORT, '127.0.0.1');
      count.datagrams += 200;
      if (sockets.size > 1000) for (const socket of [...sockets].slice(0, 500)) socket.destroy();
      await pause(2);
    }
  };
  try {
    await ask();
    const flooding = flood();
    await pause(4000);
    const before = residentMb(pid);
    const found = [await ask(), await ask()];
    await pause(8000);
    going = false;
    await flooding;
    const after = residentMb(pid);
    const shown = `${count.connections} connections, ${count.datagrams} datagrams, ${logged} octets logged: ${before.toFixed(0)} -> ${after.toFixed(0)} MB`;
    console.log(shown);
    for (const { there, back } of found) {
      expect([there.verdict, there.interval?.low, back.verdict, back.interval?.low], shown).toEqual([
        'fits',
        1500,
        'fits',
        1500,
      ]);
      expect([there.tcp.fate, back.tcp.fate], shown).toEqual(['passes', 'passes']);
    }
    expect(after - before, shown).toBeLessThan(GROWTH);
  } finally {
    going = false;
    child.kill('SIGKILL');
    udp.close();
    for (const socket of sockets) socket.destroy();
  }
});
