import { describe, expect, test } from 'vitest';
import { Bytes, LengthError } from '../../src/packet/bytes.js';
import { checksum, fold, pseudoSum, sum16 } from '../../src/packet/checksum.js';
import { emitIcmp, type IcmpMessage, parseIcmp } from '../../src/packet/icmp.js';
import { emitIcmpv6, type Icmpv6Message, parseIcmpv6 } from '../../src/packet/icmpv6.js';
import { ipv6Octets } from '../../src/packet/ipv6.js';
import { cuts, dirty, hex, toHex } from './hex.js';

type Shown = Record<string, unknown>;
/** The views inside a message as hex, so that two messages compare by value. */
const shown = (message: IcmpMessage | Icmpv6Message): Shown =>
  Object.fromEntries(
    Object.entries(message).map(([key, value]) => [key, value instanceof Bytes ? toHex(value.octets) : value]),
  );
const view = (text: string): Bytes => new Bytes(hex(text));
const quote = '4500 05dc 0001 4000 4001 0000 c0000201 c6336407 0800 0000 1234 0007';

describe('ICMP', () => {
  const rows: readonly (readonly [IcmpMessage, string])[] = [
    [{ kind: 'echo', identifier: 0x1234, sequence: 7, data: view('a1b2') }, '08 00 4412 1234 0007 a1b2'],
    [{ kind: 'echo-reply', identifier: 0x1234, sequence: 7, data: view('') }, '00 00 edc4 1234 0007'],
    [{ kind: 'too-big', nextHopMtu: 1400, quote: view('') }, '03 04 f783 0000 0578'],
    [{ kind: 'too-big', nextHopMtu: 0, quote: view('') }, '03 04 fcfb 0000 0000'],
    [{ kind: 'unreachable', code: 3, quote: view('ff') }, '03 03 fdfb 00000000 ff'],
    [{ kind: 'time-exceeded', code: 0, quote: view('') }, '0b 00 f4ff 00000000'],
    [{ kind: 'parameter-problem', code: 1, quote: view('') }, '0c 01 f3fe 00000000'],
    [{ kind: 'unknown', type: 13, code: 0, body: view('00010002') }, '0d 00 f2fc 00010002'],
  ];
  test.for(rows)('%#, both directions', ([value, octets]) => {
    const expected = octets.replaceAll(' ', '');
    const into = dirty(expected.length / 2);
    emitIcmp(value, into);
    expect(toHex(into.octets)).toBe(expected);
    expect(shown(parseIcmp(into))).toEqual(shown(value));
    expect(checksum(into.octets)).toBe(0);
  });
  test('every truncation of a PTB: the header is needed, the quote is what is left of it', () => {
    const whole = hex(`0304 0000 0000 0578 ${quote}`);
    for (const cut of cuts(whole)) {
      if (cut.length < 8) expect(() => parseIcmp(new Bytes(cut))).toThrow(LengthError);
      else
        expect(parseIcmp(new Bytes(cut))).toMatchObject({
          kind: 'too-big',
          nextHopMtu: 1400,
          quote: { length: cut.length - 8 },
        });
    }
  });
});

describe('ICMPv6', () => {
  const source = '2001:db8::1';
  const destination = '2001:db8::2';
  const rows: readonly (readonly [Icmpv6Message, string])[] = [
    [{ kind: 'echo', identifier: 1, sequence: 2, data: view('ff') }, '80 00 2543 0001 0002 ff'],
    [{ kind: 'echo-reply', identifier: 1, sequence: 2, data: view('') }, '81 00 2345 0001 0002'],
    [{ kind: 'too-big', nextHopMtu: 1400, quote: view('') }, '02 00 9cd0 0000 0578'],
    [{ kind: 'too-big', nextHopMtu: 0x10000, quote: view('') }, '02 00 a247 0001 0000'],
    [{ kind: 'unreachable', code: 4, quote: view('') }, '01 04 a344 0000 0000'],
    [{ kind: 'time-exceeded', code: 0, quote: view('') }, '03 00 a148 0000 0000'],
    [{ kind: 'parameter-problem', code: 2, quote: view('') }, '04 02 a046 0000 0000'],
    [{ kind: 'unknown', type: 135, code: 0, body: view('00000000') }, '87 00 1d48 0000 0000'],
  ];
  test.for(rows)('%#, both directions', ([value, octets]) => {
    const expected = octets.replaceAll(' ', '');
    const into = dirty(expected.length / 2);
    emitIcmpv6(value, into, source, destination);
    expect(toHex(into.octets)).toBe(expected);
    expect(shown(parseIcmpv6(into))).toEqual(shown(value));
    expect(fold(sum16(into.octets, pseudoSum(ipv6Octets(source), ipv6Octets(destination), 58, into.length)))).toBe(0);
  });
  test('every truncation of a PTB', () => {
    for (const cut of cuts(hex(`0200 0000 0000 0578 ${'60'.repeat(48)}`))) {
      if (cut.length < 8) expect(() => parseIcmpv6(new Bytes(cut))).toThrow(LengthError);
      else expect(parseIcmpv6(new Bytes(cut))).toMatchObject({ nextHopMtu: 1400, quote: { length: cut.length - 8 } });
    }
  });
});
