import { describe, expect, test } from 'vitest';
import { codes, type Judgement, Script } from '../script.js';
import { sides } from '../sides.js';

/** A flight that is too large, so many timeouts, a PTB at last, and what it carried in packets that fit. */
const told = (timeouts: number, mtu = 1400): Judgement => {
  const script = new Script().handshake();
  for (let n = 0; n < 4; n++) script.data('client', 1460);
  for (let n = 0; n < timeouts; n++) script.wait(0.3 * 2 ** n).segment('client', { seq: 1001, data: 1460 });
  script.ptb(mtu);
  for (let seq = 1001; seq < script.next.client; seq += mtu - 40)
    script.segment('client', { seq, data: Math.min(mtu - 40, script.next.client - seq) });
  return script.wait(0.02).ack('client').judge();
};

describe('PTBs that come late', () => {
  sides('after two timeouts', (timeouts: number) => told(timeouts), [1, 2], 'warning ptb-rare');
  test('have a verdict and a number of their own', () => {
    const { verdict, findings } = told(3);
    expect(verdict).toBe('ptb-rare');
    expect(findings[0]?.fix).toContain('1360');
  });
  test('and no word that the same size got through', () => {
    const says = told(3).findings.find(({ code }) => code === 'stalled')?.says;
    expect(says).toContain('in smaller packets');
  });
});

describe('a PTB that names too much', () => {
  /** The sender obeys, and what it sends then vanishes all the same. */
  const stuck = (timeouts: number): Judgement => {
    const script = new Script().handshake().data('client', 1460).ptb(1450);
    script.segment('client', { seq: 1001, data: 1410 }).segment('client', { seq: 2411, data: 50 }).wait(0.02);
    script.ack('client', { ack: 1001, sack: [[2411, 2461]] });
    for (let n = 0; n < timeouts; n++) script.wait(0.3 * 2 ** n).segment('client', { seq: 1001, data: 1410 });
    return script.judge();
  };
  sides(
    'is not what the path takes: its number is no advice',
    stuck,
    [1, 3],
    (judged) => judged.verdict === 'black-hole' && !codes(judged).some((code) => /pmtud-works|mss-above/.test(code)),
  );
});
