import { expect, test } from 'vitest';
import { mannersFor } from '../../src/probe/manners.js';

test.for([
  [4, '8.8.8.8', 100],
  [4, '172.32.0.1', 100],
  [4, '11.0.0.1', 100],
  [4, '100.63.255.255', 100],
  [4, '100.128.0.0', 100],
  [4, '100.64.0.0', 600],
  [4, '100.127.255.255', 600],
  [6, '2606:4700::1111', 100],
  [4, '10.1.2.3', 600],
  [4, '172.31.255.255', 600],
  [4, '192.168.0.1', 600],
  [4, '127.0.0.1', 600],
  [6, 'fd00::1', 600],
  [6, 'fe80::1', 600],
  [6, '::1', 600],
] as const)('IPv%i %s: at most %i packets', ([family, address, most]) => {
  expect(mannersFor(family, address).maxProbes).toBe(most);
});
