import { describe, expect, test } from 'vitest';
import { expectedFindings } from '../../../src/analyze/expected/expected.js';
import { catalogue } from '../../../src/io/catalogue.js';
import type { CalcRequest } from '../../../src/mtu/calculation.js';
import { esp, ip, natt, type Timed } from '../packets.js';
import { judge, Script } from '../script.js';

const gcm: CalcRequest = { cipher: 'aes256gcm16', natT: false };

/** A sender of 1500 octets is told `mtu`, and shrinks. */
function announced(mtu: number, request: CalcRequest) {
  const script = new Script().handshake().data('client', 1448).ptb(mtu).wait(0.02);
  script.transfer('client', mtu - 52, 5).close();
  return expectedFindings(request, judge(script.packets).capture, catalogue);
}

describe('the MTU of a PTB beside the description', () => {
  const rows: [string, CalcRequest, number, string][] = [
    ['as described', gcm, 1446, 'exactly as expected'],
    ['NAT-T not said, and not there', { cipher: 'aes256gcm16' }, 1446, 'exactly as expected'],
    ['NAT-T not said, and there', { cipher: 'aes256gcm16' }, 1438, 'exactly as expected'],
    [
      '8 octets: two things do it',
      gcm,
      1438,
      '8 octets unaccounted; 1438 is what the described tunnel gives with NAT-T, or over PPPoE',
    ],
    ['16 octets: both of them', gcm, 1430, 'gives with NAT-T and over PPPoE (1492)'],
    ['28 octets', gcm, 1418, 'gives with NAT-T and with IPv6 outside'],
    ['20 octets', gcm, 1426, 'gives with IPv6 outside.'],
    ['4 octets', gcm, 1442, 'gives over 802.1Q tag'],
    ['a header of its own', { ...gcm, wan: 'pppoe' }, 1414, '24 octets unaccounted, which equals IPv4 + GRE (20 + 4)'],
    ['nothing', gcm, 1409, '37 octets unaccounted, which equals no usual header or pair of headers.'],
    [
      'more than described',
      { ...gcm, wan: 'pppoe' },
      1446,
      '8 octets more than described; 1446 is what the described tunnel gives over Ethernet (1500)',
    ],
    ['blocks of 16', { cipher: 'aes256-sha256', natT: false }, 1422, 'gives with NAT-T, or over PPPoE'],
  ];
  test.for(rows)('%s', ([, request, mtu, says]) => {
    const said = announced(mtu, request).find(({ code }) => code === 'as-expected' || code === 'expected-seen');
    expect(said?.says).toContain(says);
  });
  test('the MSS to clamp to is never above what the gateway said', () => {
    const said = announced(1438, gcm).find(({ code }) => code === 'mss-above-expected');
    expect(said?.fix).toContain('clamp the MSS to 1398');
  });
});

describe('an announced MSS beside the description', () => {
  const clamped = (mss: number) => {
    const script = new Script().handshake({ server: mss }).transfer('client', mss, 5).close();
    return expectedFindings(gcm, judge(script.packets).capture, catalogue);
  };
  test('40 too low: headers subtracted twice', () => {
    expect(clamped(1366)[0]).toMatchObject({ code: 'clamp-too-low', severity: 'warning' });
    expect(clamped(1366)[0]?.says).toContain('subtracted twice');
  });
  test('a little too low is caution', () => expect(clamped(1380)).toEqual([]));
  test('right', () => expect(clamped(1406)).toEqual([]));
});

describe('the outside of encrypted packets beside the description', () => {
  const gateways = { from: '192.0.2.2', to: '198.51.100.2' };
  const wide = { from: '2001:db8:1::2', to: '2001:db8:2::2' };
  const native = [{ at: 0, packet: ip(50, gateways, esp(1, 1, 1480)) }];
  const rows: [string, CalcRequest, Timed[], string[]][] = [
    ['as described', gcm, native, []],
    ['NAT-T not said', { cipher: 'aes256gcm16' }, native, []],
    ['NAT-T said, not there', { ...gcm, natT: true }, native, ['outside-differs']],
    ['NAT-T there, denied', gcm, [{ at: 0, packet: ip(17, gateways, natt(1, 1, 1472)) }], ['outside-differs']],
    ['IPv6 there, not said', gcm, [{ at: 0, packet: ip(50, wide, esp(1, 1, 1460)) }], ['outside-differs']],
    ['larger than the link', { ...gcm, wan: 'pppoe' }, native, ['link-differs']],
    ['no ESP described', { wan: 'pppoe', tunnel: 'gre' }, native, []],
  ];
  test.for(rows)('%s', ([, request, packets, codes]) => {
    const said = expectedFindings(request, judge(packets).capture, catalogue);
    expect(said.map(({ code }) => code)).toEqual(codes);
  });
  test('with what the tunnel MTU then is', () => {
    const said = expectedFindings({ ...gcm, natT: true }, judge(native).capture, catalogue);
    expect(said[0]?.says).toContain('1446 instead of 1438');
  });
});
