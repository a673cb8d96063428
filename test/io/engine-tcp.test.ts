import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { clientHello, paddedRequest } from '../../src/io/client-hello.js';
import { readRoute } from '../../src/io/kernel-route.js';
import { hostIn } from '../../src/io/resolve.js';

test.for([512, 1000, 1460, 2900, 16_000])('a ClientHello of %i octets is exactly as long as it says', (octets) => {
  const hello = clientHello(octets);
  expect(hello).toHaveLength(octets);
  // Record: type 22, length of what follows; handshake: type 1, three octets of length.
  expect([hello[0], hello.readUInt16BE(3) + 5, hello[5], hello.readUIntBE(6, 3) + 9]).toEqual([22, octets, 1, octets]);
});
test('none is longer than one record, none is cut below its own fields', () => {
  expect(clientHello(60_000).length).toBe(16_389);
  expect(clientHello(10).length).toBeGreaterThan(100);
});
test('a request is padded to its length', () => {
  expect(paddedRequest('h', 1460)).toHaveLength(1460);
  expect(String(paddedRequest('h', 1460))).toMatch(/^HEAD \/ HTTP\/1\.1\r\nHost: h\r\n[\s\S]*\r\n\r\n$/);
});

test('a real TLS server takes it for a ClientHello', async () => {
  const { createServer: createTls } = await import('node:tls');
  const { connect } = await import('node:net');
  // Without a certificate the handshake fails in the server, but only after the ClientHello was read and understood.
  const server = createTls({});
  const said = new Promise<string>((resolve) =>
    server.once('tlsClientError', (error) => resolve((error as NodeJS.ErrnoException).code ?? '')),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const socket = connect(port, '127.0.0.1', () => socket.write(clientHello(1400)));
  socket.on('error', () => {});
  expect(await said).toMatch(/NO_SUITABLE_KEY_SHARE|NO_SHARED_CIPHER|NO_SUITABLE_SIGNATURE_ALGORITHM|NO_CERTIFICATE/);
  socket.destroy();
  server.close();
});

test.skipIf(process.platform !== 'linux')(
  'engine tcp measures the loopback as an ordinary user could',
  async (context) => {
    const { openTcp } = await import('../../src/io/engine-tcp.js');
    const server = createServer((socket) => socket.on('error', () => {}));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const options = {
      family: 4,
      address: '127.0.0.1',
      source: '127.0.0.1',
      sourceGiven: false,
      device: undefined,
      pps: 1000,
      localMtu: 65535,
      zoned: false,
    } as const;
    const engine = await openTcp({ ...options, ports: { udp: 33434, tcp: port } }).catch((error: Error) => error);
    if (engine instanceof Error) {
      server.close();
      return context.skip(`koffi is not here: ${engine.message}`);
    }
    const sizes = [576, 1400, 9000];
    const replies = await engine.send(
      sizes.map((size) => ({ protocol: 'tcp' as const, size, ttl: 64 })),
      5000,
    );
    expect(replies.map(({ kind }) => kind)).toEqual(['arrived', 'arrived', 'arrived']);
    const closed = await engine.send([{ protocol: 'tcp', size: 576, ttl: 64, port: 1 }], 2000);
    expect(closed).toEqual([{ kind: 'silence', asked: false }]);
    await engine.close();
    server.close();
  },
);

test('port 22 is never sent data', async () => {
  const { openTcp } = await import('../../src/io/engine-tcp.js');
  const options = {
    family: 4,
    address: '127.0.0.1',
    source: '127.0.0.1',
    sourceGiven: false,
    device: undefined,
    pps: 1,
    localMtu: null,
    zoned: false,
  } as const;
  await expect(openTcp({ ...options, ports: { udp: 1, tcp: 22 } })).rejects.toThrow(/port 22|koffi/);
});

test.for([
  [
    '10.64.0.255',
    'broadcast 10.64.0.255 dev e0 src 10.64.0.1 uid 0 \\    cache <local,brd> ',
    { kind: 'broadcast', device: 'e0', mtu: null },
  ],
  [
    'a remembered MTU',
    '10.9.9.9 via 10.0.0.1 dev eth0 src 10.0.0.2 uid 0 \\    cache expires 588sec mtu 1400 ',
    { kind: 'unicast', source: '10.0.0.2', mtu: 1400, locked: false, expires: 588 },
  ],
  ['a locked MTU', '10.9.9.9 dev eth0 src 10.0.0.2 mtu lock 600 uid 0', { mtu: 600, locked: true, expires: null }],
  ['loopback', 'local 127.0.0.1 dev lo src 127.0.0.1 uid 0', { kind: 'local', device: 'lo' }],
] as const)('ip route get: %s', ([, text, expected]) => {
  expect(readRoute(text)).toMatchObject(expected);
});
test('no route is none', () => {
  expect(readRoute('RTNETLINK answers: Network is unreachable')).toBeUndefined();
});

test.for([
  ['192.0.2.1', '192.0.2.1', undefined],
  ['192.0.2.1:443', '192.0.2.1', 443],
  ['[2001:db8::1]', '2001:db8::1', undefined],
  ['[2001:db8::1]:8443', '2001:db8::1', 8443],
  ['2001:db8::1', '2001:db8::1', undefined],
  ['https://vpn.example.net/login?x=1', 'vpn.example.net', undefined],
  ['https://user@vpn.example.net:8443/', 'vpn.example.net', 8443],
  ['fe80::1%eth0', 'fe80::1%eth0', undefined],
] as const)('host as people have it: %s', ([text, name, port]) => {
  expect(hostIn(text)).toEqual(port === undefined ? { name } : { name, port });
});
test.for(['host:0', 'host:70000'])('%s has no such port', (text) => {
  expect(() => hostIn(text)).toThrow(/port/);
});
