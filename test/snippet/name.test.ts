import { describe, expect, test } from 'vitest';
import { MtucalcError } from '../../src/error.js';
import { checkedLabel, labelFrom } from '../../src/snippet/label.js';
import type { ClampPlan } from '../../src/snippet/plan.js';
import { targets } from '../../src/snippet/targets/index.js';
import { esp, plan, render } from './cases.js';

const four = { inner: 4 } as const;
const nets = (third: number) => ({ localNets: ['10.1.0.0/24'], remoteNets: [`10.${third}.0.0/24`] });

describe('what a tunnel is called', () => {
  test.for([
    ['its interface', plan({ tunnel: 'wireguard' }, { tunnelIf: 'wg1' }), 'wg1'],
    ['the connection before the networks', plan(esp, { conn: 'site', ...nets(2) }), 'site'],
    ['its child too', plan(esp, { conn: 'site', child: 'net' }), 'site-net'],
    ['the networks', plan(esp, { remoteNets: ['10.2.0.0/24'] }), '10-2-0-0-24'],
    ['the kind', plan({ tunnel: 'gre' }), 'gre'],
    ['how IPsec is done', plan(esp, { ipsec: 'vti' }), 'vti'],
    ['policies alone', plan(esp), 'ipsec'],
    ['the name given before all', plan(esp, { conn: 'site', tunnelIf: 'x', name: 'Branch_1-b' }), 'Branch_1-b'],
  ] as const)('%s', ([, { name }, expected]) => {
    expect(name).toBe(expected);
  });

  test('two tunnels never share one, and every label can stand anywhere', () => {
    const texts = [
      'gre4-b',
      'gre4.b',
      'gre4 b',
      'GRE "Büro"',
      'GRE "Baro"',
      'a'.repeat(20),
      'a'.repeat(21),
      'a'.repeat(22),
      '<l2tp-a>',
      '<l2tp-b>',
      'all',
      'ALL',
      '"',
      '$',
      '10.1.0.0/24',
      '10.10.0.0/24',
      '1.0.1.0/24',
      '-x',
      'x',
    ];
    const labels = texts.map((text) => labelFrom(text));
    expect(new Set(labels).size).toBe(texts.length);
    for (const label of labels) expect(checkedLabel(label)).toBe(label);
  });

  test.for(['', '-a', '_a', 'a b', 'a"', 'a.b', 'a/b', 'x'.repeat(21), 'all', 'ä', 'a\n'])(
    '--name %o is refused',
    (name) => {
      expect(() => checkedLabel(name)).toThrow(MtucalcError);
    },
  );
});

/** Two tunnels on one box, by everything that tells them apart. */
const pairs: readonly (readonly [string, ClampPlan, ClampPlan])[] = [
  [
    'interfaces',
    plan({ tunnel: 'wireguard', ...four }, { tunnelIf: 'wg1' }),
    plan({ tunnel: 'wireguard', ...four }, { tunnelIf: 'wg10' }),
  ],
  ['kinds', plan({ tunnel: 'wireguard', ...four }), plan({ ...esp, ...four })],
  ['networks', plan({ ...esp, ...four }, nets(2)), plan({ ...esp, ...four }, nets(20))],
  [
    'names, one the beginning of the other',
    plan({ ...esp, ...four }, { name: 'a' }),
    plan({ ...esp, ...four }, { name: 'a-b' }),
  ],
  ['names, the other way', plan({ ...esp, ...four }, { name: 'a-b' }), plan({ ...esp, ...four }, { name: 'a' })],
];
const attempt = (word: string, of: ClampPlan, undo: boolean): string => {
  try {
    return render(word, of, undo);
  } catch (error) {
    if (error instanceof MtucalcError) return '';
    throw error;
  }
};

describe.for(pairs)('two tunnels told apart by their %s', ([, first, second]) => {
  test.for(targets.map(({ id }) => id))('%s: neither touches what the other set', (id) => {
    const owned = new RegExp(`mtucalc[-_/ ]${first.name}(?![A-Za-z0-9_-])|mtucalc[-_]${first.name}_`, 'i');
    for (const undo of [false, true]) {
      // The remarks of a file too: they hold the commands that load and remove it.
      expect(
        attempt(id, second, undo)
          .split('\n')
          .filter((line) => owned.test(line)),
      ).toEqual([]);
    }
  });
});

describe('--undo --all', () => {
  test.for([
    ['routeros', /remove \[find where comment~"\^mtucalc"\]/],
    ['iptables', /grep -vE 'MTUCALC' \| iptables-restore -T mangle/],
    ['nftables', /grep -E '\^table inet mtucalc\(-\|\$\)'/],
    ['openwrt', /rm -f \/etc\/nftables\.d\/10-mtucalc\.nft \/etc\/nftables\.d\/10-mtucalc-\*\.nft/],
    ['linux', /for saved in \/var\/lib\/mtucalc\/\*\.before/],
    ['strongswan', /rm \/etc\/swanctl\/conf\.d\/mtucalc\*\.conf/],
    ['charon', /rm \/etc\/strongswan\.d\/mtucalc\*\.conf/],
    ['pf', /pfctl -a 'mtucalc\/\*'/],
    ['opnsense', /whatever name follows/],
  ] as const)('%s takes what every tunnel set', ([id, pattern]) => {
    expect(render(id, plan(esp), 'all')).toMatch(pattern);
    expect(render(id, plan(esp), true)).not.toMatch(pattern);
  });
});
