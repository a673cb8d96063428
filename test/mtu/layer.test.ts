import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/io/catalogue.js';
import { ahAlign, ahLayer } from '../../src/mtu/ah.js';
import { espLayer } from '../../src/mtu/esp.js';
import { fixedLayer, type Layer, limitLayer, ownHeaderLayer } from '../../src/mtu/layer.js';
import { openvpnLayer } from '../../src/mtu/openvpn.js';
import { fitAll, wrapAll } from '../../src/mtu/profile.js';
import { parseSuites } from '../../src/mtu/proposals.js';
import { buildStack } from '../../src/mtu/stack.js';
import { parseStack } from '../../src/mtu/stack-text.js';
import type { Suite } from '../../src/mtu/suite.js';

const rooms: number[] = [65535];
for (let room = 68; room <= 9216; room++) rooms.push(room);

/** Every layer that a row of the catalogue can make. */
const esp = catalogue.encr.flatMap((encr) =>
  (encr.kind === 'aead' ? [null] : catalogue.integ).map((integ) =>
    espLayer({
      name: `${encr.id} ${integ?.id ?? ''}`,
      block: encr.block,
      iv: encr.iv,
      icv: encr.icv + (integ?.icv ?? 0),
      source: '',
    }),
  ),
);
const ah = catalogue.integ.flatMap(({ id, icv }) =>
  ([4, 6] as const).map((family) => ahLayer(`AH ${id} IPv${family}`, icv, ahAlign(family), '')),
);
const headers = catalogue.headers.map(({ id, octets }) => fixedLayer(id, octets, ''));
const openvpn = (['udp', 'tcp'] as const).flatMap((over) =>
  ['aes256-sha256', 'aes256-sha512', 'blowfish-sha1', '3des-md5', 'null-sha1', 'null-none'].map((text) =>
    openvpnLayer(parseSuites(text, catalogue)[0] as Suite, over),
  ),
);
const layers: Layer[] = [
  ...esp,
  ...ah,
  ...headers,
  ...openvpn,
  ownHeaderLayer('own IPv4', 20, ''),
  ownHeaderLayer('own IPv6', 40, ''),
];

/** Slow and obvious: grow the inside until the outside no longer fits. */
function naiveFit(layer: Layer, room: number): number {
  let inner = -200;
  while (layer.wrap(inner + 1) <= room) inner++;
  return inner;
}

describe('fit and wrap are a pair', () => {
  test.for(layers)('$name', (layer) => {
    const wrong = rooms.filter((room) => layer.wrap(layer.fit(room)) > room || layer.wrap(layer.fit(room) + 1) <= room);
    expect(wrong).toEqual([]);
  });

  test.for(layers)('$name: the parts add up to the overhead', (layer) => {
    const wrong = [1, 2, 3, 40, 576, 1279, 1422, 1438, 1499, 9000].filter((inner) => {
      const { before, after } = layer.parts(inner);
      return [...before, ...after].reduce((sum, { octets }) => sum + octets, 0) !== layer.wrap(inner) - inner;
    });
    expect(wrong).toEqual([]);
  });
});

test('a limit is a pair too', () => {
  const layer = limitLayer('limit', 1280, '');
  const wrong = rooms.filter((room) => layer.wrap(layer.fit(room)) > room || layer.wrap(layer.fit(room) + 1) <= room);
  expect(wrong).toEqual([]);
  expect([1279, 1280, 1281].map((inner) => layer.wrap(inner))).toEqual([1279, 1280, Number.POSITIVE_INFINITY]);
});

describe('the closed form equals the naive one', () => {
  test.for(layers)('$name', (layer) => {
    const wrong = [68, 69, 100, 576, 1279, 1280, 1281, 1491, 1492, 1499, 1500, 1501].filter(
      (room) => layer.fit(room) !== naiveFit(layer, room),
    );
    expect(wrong).toEqual([]);
  });
});

describe('stacks of layers are a pair too', () => {
  const stacks = [
    'ipv4/esp:aes256-sha256:tunnel',
    'ipv4/esp:aes256-sha256:transport',
    'ipv6/natt/esp:aes256gcm16:transport/gre:key',
    'pppoe/ipv4/natt/esp:3des-sha1:transport/udp/l2tp/ppp',
    'ipv4/esp:aes128-sha1:tunnel/ipv4/esp:chacha20poly1305:tunnel',
    'ipv4/ah:sha256:transport/esp:aes256-none:tunnel',
    'ipv6/udp/wireguard',
    'ipv6/udp/tailscale',
    'ipv4/udp/zerotier',
  ].map((text) => ({ text, layers: buildStack(parseStack(text, catalogue), catalogue).layers }));
  test.for(stacks)('$text', ({ layers: stack }) => {
    const wrong = rooms.filter(
      (room) => wrapAll(stack, fitAll(stack, room)) > room || wrapAll(stack, fitAll(stack, room) + 1) <= room,
    );
    expect(wrong).toEqual([]);
  });
});
