import { expect, test } from 'vitest';
import { catalogue } from '../../src/io/catalogue.js';
import { ifPossible } from '../../src/mtu/possible.js';

test('a request that calc answers gives its calculation', () => {
  expect(ifPossible({ cipher: 'aes256-sha256', natT: true }, catalogue)?.tunnelMtu).toBe(1422);
});
test('one that calc refuses gives nothing', () => {
  expect(ifPossible({ tunnel: 'wireguard', natT: true }, catalogue)).toBeUndefined();
  expect(ifPossible({ linkMtu: 40 }, catalogue)).toBeUndefined();
});
