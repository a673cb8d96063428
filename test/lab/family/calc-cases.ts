import { calculate, catalogue } from '../../../src/index.js';
import type { MeasureStep, Scenario } from '../scenario.js';
import { stackOf } from './stack-of.js';

export interface CalcCase {
  readonly scenario: Omit<Scenario, 'run'> & { readonly run: readonly MeasureStep[] };
  readonly stack: string;
  /** What the calculator says: the largest inner packet sent as one outer packet. */
  readonly expected: number;
}

/** The ESP suites that differ from each other in block, IV or ICV. */
export const coveringSuites = [
  'aes128-cbc/sha1-96',
  'aes256-cbc/sha256-128',
  'aes256-cbc/sha384-192',
  'aes256-cbc/sha512-256',
  '3des-cbc/sha1-96',
  'aes128-ctr/sha256-128',
  'null/sha1-96',
  'aes256-gcm16',
  'aes128-gcm8',
  'aes128-gcm12',
  'chacha20poly1305',
] as const;

export const full = process.env.MTUCALC_LAB_FULL === '1';

export function calcCase(ground: Omit<Scenario, 'id' | 'run'>): CalcCase {
  const linkMtu = ground.linkMtu ?? (ground.wan?.startsWith('pppoe') ? 1492 : 1500);
  const stack = stackOf({ ...ground, id: '', run: [] });
  const expected = calculate(stack ? { stack, linkMtu } : { linkMtu, tunnel: 'none' }, catalogue).tunnelMtu;
  const families = innerFamilies(ground);
  const from = ground.tunnel === 'esp-transport' ? ({ from: 'gw1' } as const) : {};
  return {
    scenario: {
      ...ground,
      id: nameOf(ground, linkMtu),
      run: families.map((inner) => ({ do: 'measure' as const, inner, size: expected, ...from })),
    },
    stack,
    expected,
  };
}

function nameOf({ wan, tunnel, suite, natT, outer }: Omit<Scenario, 'id' | 'run'>, linkMtu: number): string {
  const words = [wan ?? 'ethernet', linkMtu, tunnel ?? 'none', suite, natT ? 'nat-t' : '', `outer ${outer ?? 4}`];
  return words.filter(Boolean).join(' ').replaceAll('/', '+');
}

/** What can stand inside: transport mode has only its own family, IPIP over IPv4 carries IPv4, SIT carries IPv6. */
function innerFamilies({ tunnel = 'none', outer = 4 }: Omit<Scenario, 'id' | 'run'>): readonly (4 | 6)[] {
  if (tunnel === 'esp-transport') return [outer];
  if (tunnel.startsWith('ipip')) return [4];
  if (tunnel.startsWith('sit')) return [6];
  return [4, 6];
}

/** Every combination of the given choices. */
export function cross<T extends object>(choices: { readonly [K in keyof T]: readonly T[K][] }): T[] {
  return Object.entries(choices).reduce<T[]>(
    (found, [key, values]) => found.flatMap((one) => (values as unknown[]).map((value) => ({ ...one, [key]: value }))),
    [{} as T],
  );
}
