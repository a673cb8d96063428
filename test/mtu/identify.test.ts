import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/io/catalogue.js';
import { calculate } from '../../src/mtu/calculate.js';
import { identify } from '../../src/mtu/identify.js';
import type { Observed } from '../../src/mtu/observed.js';

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
    [
      { as: 'pair', overhead: 55, header: 36 },
      { tunnel: 'ipsec', natT: false, tunnelMtu: 1446 },
    ],
  ] as const)('%o', ([observed, expected]) => {
    const value = identify(observed as Observed, catalogue);
    expect(value.exact).toBe(true);
    expect(value.readings[0]?.matches[0]).toMatchObject(expected);
  });
});

describe('the explanation that is met most stands first', () => {
  test.for<[number, string, string, string?]>([
    // number, kind of reading, tunnel, WAN
    [1500, 'mtu', 'none', 'Ethernet'],
    [1492, 'mtu', 'none', 'PPPoE'],
    [9001, 'mtu', 'none', 'AWS VPC, jumbo frames'],
    [1452, 'mss4', 'none', 'PPPoE'],
    [1460, 'mss4', 'none', 'Ethernet'],
    [8961, 'mss4', 'none', 'AWS VPC, jumbo frames'],
    [1472, 'ping4', 'none', 'Ethernet'],
    [1464, 'ping4', 'none', 'PPPoE'],
    [1450, 'mtu', 'vxlan', 'Ethernet'],
    [1410, 'mss4', 'vxlan', 'Ethernet'],
    [1458, 'mtu', 'eoip', 'Ethernet'],
    [1442, 'mtu', 'ovn', 'Ethernet'],
    [1402, 'mss4', 'ovn', 'Ethernet'],
    [1462, 'mtu', 'l2tp', 'Ethernet'],
    [1436, 'mss4', 'gre', 'Ethernet'],
    [1480, 'mtu', 'ipip', 'Ethernet'],
    [1440, 'mtu', 'wireguard', 'Ethernet'],
    [1432, 'mtu', 'wireguard', 'PPPoE'],
    [1380, 'mss4', 'wireguard', 'Ethernet'],
    [1280, 'mtu', 'tailscale', 'Ethernet'],
    [1240, 'mss4', 'tailscale', 'Ethernet'],
    [1448, 'mtu', 'openvpn', 'Ethernet'],
    [1434, 'mtu', 'gre-ipsec', 'Ethernet'],
    [1430, 'mtu', 'ipsec', 'PPPoE'],
    [1382, 'mss4', 'ipsec', 'Ethernet'],
  ])('%i: %s of %s, %s', ([value, kind, tunnel, wan]) => {
    const { exact, readings } = identify({ as: 'any', value }, catalogue);
    expect({ exact, kind: readings[0]?.kind, ...readings[0]?.matches[0] }).toMatchObject({
      exact: true,
      kind,
      tunnel,
      mode: null,
      wan,
    });
  });

  test('bare transport mode outranks no named tunnel', () => {
    const wrong: string[] = [];
    for (let value = 1250; value <= 1500; value++) {
      for (const { matches } of identify({ as: 'any', value }, catalogue).readings) {
        const first = matches.findIndex(({ mode }) => mode === 'transport');
        const usual = matches.findLastIndex(({ mode, usual: met }) => mode === null && met >= 23);
        if (first !== -1 && first < usual) wrong.push(`${value}: ${first} before ${usual}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('--ping 1464 is PPPoE', () => {
    const { exact, readings } = identify({ as: 'ping', value: 1464 }, catalogue);
    expect({ exact, ...readings[0]?.matches[0] }).toMatchObject({ exact: true, tunnel: 'none', wan: 'PPPoE' });
  });
});

describe('a number that is known as an MTU is known as an MSS', () => {
  test.for([
    [1387, 1427],
    [1240, 1280],
    [1340, 1400],
    [1260, 1300],
  ] as const)('%i is that of %i', ([value, mtu]) => {
    const { known, notes } = identify({ as: 'any', value }, catalogue);
    expect(known.map((row) => row.value)).toContain(mtu);
    expect(notes.join('\n')).toContain(`${value} is ${mtu} - ${mtu - value}`);
  });
  test('an overhead that was given as one number is the worst case', () => {
    expect(identify({ as: 'any', value: 73 }, catalogue).readings[0]?.matches[0]).toMatchObject({
      tunnel: 'ipsec',
      natT: false,
      tunnelMtu: 1438,
    });
    expect(identify({ as: 'any', value: 60 }, catalogue).readings[0]?.matches[0]?.tunnel).toBe('wireguard');
  });
  test('a frame is no packet', () =>
    expect(identify({ as: 'any', value: 1514 }, catalogue)).toMatchObject({ exact: false, known: [{ of: 'frame' }] }));
});

test.for([1400, 1360, 1427, 1340, 1406])('%i is called no exact optimum', (number) => {
  const value = identify({ as: 'any', value: number }, catalogue);
  expect(value.exact).toBe(false);
  expect(value.notes.length).toBeGreaterThan(0);
});

test.for([1422, 1403, 1450, 1280, 1394])('every match gives exactly %i when it is computed forward', (value) => {
  const { readings } = identify({ as: 'mtu', value }, catalogue);
  const wrong = (readings[0]?.matches ?? []).filter(({ tunnel, mode, suites, natT, outer, linkMtu }) => {
    const request = {
      tunnel,
      ...(suites[0] ? { cipher: suites[0] } : {}),
      ...(natT === null ? {} : { natT }),
      ...(outer ? { outer } : {}),
      linkMtu,
      ...(mode ? { mode } : {}),
    };
    return calculate(request, catalogue).tunnelMtu !== value;
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
