import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/io/catalogue.js';
import { calculate } from '../../src/mtu/calculate.js';
import { identify, type Observed } from '../../src/mtu/identify.js';

describe('most usual first', () => {
  test.for([
    [
      { as: 'any', value: 1422 },
      { tunnel: 'ipsec', natT: true, linkMtu: 1500 },
    ],
    [
      { as: 'any', value: 1438 },
      { tunnel: 'ipsec', linkMtu: 1500 },
    ],
    [
      { as: 'any', value: 1420 },
      { tunnel: 'wireguard', outer: 6, linkMtu: 1500 },
    ],
    [
      { as: 'any', value: 1412 },
      { tunnel: 'wireguard', outer: 6, linkMtu: 1492 },
    ],
    [
      { as: 'any', value: 1476 },
      { tunnel: 'gre', linkMtu: 1500 },
    ],
    [
      { as: 'ping', value: 1394 },
      { tunnel: 'ipsec', natT: true, tunnelMtu: 1422 },
    ],
    [
      { as: 'mss', value: 1382 },
      { tunnel: 'ipsec', natT: true, tunnelMtu: 1422 },
    ],
    [
      { as: 'pair', overhead: 74, header: 44 },
      { tunnel: 'ipsec', natT: false },
    ],
    [
      { as: 'pair', overhead: 58, header: 36 },
      { tunnel: 'ipsec', natT: false },
    ],
  ] as const)('%o', ([observed, expected]) => {
    const value = identify(observed as Observed, catalogue);
    expect(value.exact).toBe(true);
    expect(value.readings[0]?.matches[0]).toMatchObject(expected);
  });
});

test.for([1400, 1360, 1427])('%i is called no exact optimum', (number) => {
  const value = identify({ as: 'any', value: number }, catalogue);
  expect(value.exact).toBe(false);
  expect(value.notes.length).toBeGreaterThan(0);
});

test('every match gives exactly its number when it is computed forward', () => {
  const { readings } = identify({ as: 'mtu', value: 1422 }, catalogue);
  const wrong = (readings[0]?.matches ?? []).filter(({ tunnel, mode, suites, natT, outer, linkMtu }) => {
    const request = {
      tunnel,
      ...(suites[0] ? { cipher: suites[0], natT: natT === true } : {}),
      ...(outer ? { outer } : {}),
      linkMtu,
      ...(mode ? { mode } : {}),
    };
    return calculate(request, catalogue).tunnelMtu !== 1422;
  });
  expect(wrong).toEqual([]);
});

test('a WAN or a link MTU narrows the search', () => {
  const { readings } = identify({ as: 'mtu', value: 1422 }, catalogue, { wan: 'pppoe' });
  expect(new Set(readings.flatMap(({ matches }) => matches.map(({ linkMtu }) => linkMtu)))).toEqual(new Set([1492]));
});

test.for([0, 27, 70000, 1.5])('%d is refused', (value) =>
  expect(() => identify({ as: 'any', value }, catalogue)).toThrow('no size of a packet'),
);
