import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MtucalcError } from '../../src/error.js';
import type { CalcRequest } from '../../src/mtu/calculation.js';
import type { ClampPlan, PlanChoices } from '../../src/snippet/plan.js';
import { esp, plan, render } from './cases.js';

interface Row {
  readonly target: string;
  readonly pattern: string;
  readonly min: number;
  readonly max: number;
}
const { rows } = JSON.parse(readFileSync(new URL('fixtures/vendor-ranges.json', import.meta.url), 'utf8')) as {
  readonly rows: readonly Row[];
};

const tunnels: readonly (readonly [CalcRequest, PlanChoices])[] = [
  [esp, { ipsec: 'vti' }],
  [{ tunnel: 'gre' }, {}],
  [{ tunnel: 'wireguard' }, {}],
  [{ tunnel: 'vxlan' }, {}],
  [{ tunnel: 'geneve' }, {}],
];
/** Narrow to jumbo, with the neighbours of every limit that the rows name. */
const links = [
  600, 640, 700, 1280, 1300, 1340, 1400, 1420, 1460, 1492, 1500, 1520, 1560, 1600, 1900, 8048, 8049, 8100, 9000,
];

const attempt = (word: string, of: ClampPlan): string | undefined => {
  try {
    return render(word, of);
  } catch (error) {
    if (error instanceof MtucalcError) return undefined;
    throw error;
  }
};
const planned = (request: CalcRequest, choices: PlanChoices, linkMtu: number, inner: 4 | 6 | undefined) => {
  try {
    return plan({ ...request, linkMtu, inner }, choices);
  } catch (error) {
    if (error instanceof MtucalcError) return undefined;
    throw error;
  }
};

describe('what a box takes', () => {
  const plans = tunnels.flatMap(([request, choices]) =>
    links.flatMap((linkMtu) =>
      ([4, 6, undefined] as const).flatMap((inner) => planned(request, choices, linkMtu, inner) ?? []),
    ),
  );

  test.for([...new Set(rows.map(({ target }) => target))])(
    '%s: refused or inside its ranges, and what fits',
    (target) => {
      const of = rows.filter((row) => row.target === target);
      const wrong: string[] = [];
      const seen = new Map<string, number[]>();
      for (const one of plans) {
        for (const line of attempt(target, one)?.split('\n') ?? []) {
          if (/^[#!]/.test(line)) continue;
          for (const { pattern, min, max } of of) {
            const value = Number(new RegExp(pattern).exec(line)?.[1] ?? Number.NaN);
            if (Number.isNaN(value)) continue;
            seen.set(pattern, [...(seen.get(pattern) ?? []), value]);
            if (value < min || value > max) wrong.push(line);
            // A clamp and an MTU only ever come down.
            if (!pattern.includes('adjustment') && value > one.tunnelMtu) wrong.push(`${line} in ${one.tunnelMtu}`);
          }
        }
      }
      expect(wrong).toEqual([]);
      expect([...seen.keys()].toSorted()).toEqual(of.map(({ pattern }) => pattern).toSorted());
    },
  );

  test('an MTU that is cut takes the MSS down with it', () => {
    const text = render('vyos@1.3', plan({ tunnel: 'gre', linkMtu: 9000, inner: 4 }));
    expect(text).toMatch(/tunnel tun0 mtu 8024$/m);
    expect(text).toMatch(/adjust-mss 7984$/m);
  });

  test.for([
    ['vyos@1.3', { tunnel: 'geneve', linkMtu: 1490, inner: 4 }, /takes an MTU of 1450 to 16000; 1440 is below it/],
    ['gcp', { ...esp, linkMtu: 1500 }, /carries packets of 1460 at most/],
    ['panos', { ...esp, linkMtu: 1280, inner: 4 }, /takes 40 to 300 off the MTU/],
    ['nxos', esp, /NX-OS ends GRE and IP in IP tunnels only/],
    ['netplan', { tunnel: 'l2tp' }, /netplan makes no L2TP interface/],
    ['kubernetes', { ...esp, linkMtu: 1300 }, /pods with IPv6 need an MTU of 1280/],
  ] as const)('%s refuses %o', ([target, request, message]) => {
    expect(() => render(target, plan(request, { ...(target === 'panos' ? { ipsec: 'vti' } : {}) }))).toThrow(message);
  });
});
