import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/io/catalogue.js';
import { calculate } from '../../src/mtu/calculate.js';
import type { CalcRequest } from '../../src/mtu/calculation.js';

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'));

interface KernelCase {
  enc: string;
  integ: string | null;
  natt: boolean;
  outer: 4 | 6;
  inner: 4 | 6;
  wan_mtu: number;
  reported_mtu: number;
  max_inner: number;
  outer_at_max: number[];
}

describe('ESP tunnels measured on a Linux kernel', () => {
  const { cases } = fixture('kernel-esp-tunnel.json') as { cases: KernelCase[] };
  test('every case is there', () => expect(cases).toHaveLength(328));
  test.for(cases)('$enc $integ, NAT-T $natt, IPv$outer outside, IPv$inner inside', (one) => {
    const value = calculate(
      {
        cipher: one.integ ? `${one.enc}-${one.integ}` : one.enc,
        natT: one.natt,
        outer: one.outer,
        inner: one.inner,
        linkMtu: one.wan_mtu,
      },
      catalogue,
    );
    expect({ tunnelMtu: value.tunnelMtu, used: value.linkMtu - value.slack }).toEqual({
      tunnelMtu: one.max_inner,
      used: one.outer_at_max[0],
    });
    expect(value.tunnelMtu).toBe(one.reported_mtu);
  });
});

/** The kernel's words, innermost first, as a --stack, outermost first. */
const heads: Record<string, string> = {
  gre: 'ipv4/gre',
  'gre-key': 'ipv4/gre:key',
  'gre-key-csum-seq': 'ipv4/gre:key,csum,seq',
  ipip: 'ipv4/ipip',
  sit: 'ipv4/ipip',
  ip6tnl: 'ipv6/ipip',
  'ip6tnl-encaplimit': 'ipv6/encaplimit',
  gretap: 'ipv4/gre/eth',
  vxlan: 'ipv4/udp/vxlan/eth',
  'esp-transport': 'ipv4',
};

function stackOf(text: string): string {
  const [inside = '', outside] = text.split('/esp-');
  const esp = outside ?? (inside.startsWith('esp-') ? inside.slice(4) : undefined);
  if (esp === undefined) return heads[inside] as string;
  const [mode = '', suite = ''] = esp.split(/:(.*)/s);
  const natt = mode.endsWith('+natt') ? '/natt' : '';
  const used = mode.replace('+natt', '');
  const cipher = suite.replace('/', '-');
  const payload = inside.startsWith('esp-') ? '' : (heads[inside] as string);
  const within = used === 'tunnel' ? payload && `/${payload}` : payload.replace(/^ipv4/, '');
  return `ipv4${natt}/esp:${cipher}:${used}${within}`;
}

describe('composite stacks measured on a Linux kernel', () => {
  const { cases } = fixture('kernel-stacks.json') as {
    cases: { stack: string; wan_mtu: number; max_inner: number; outer_at_max: number[] }[];
  };
  test('every case is there', () => expect(cases).toHaveLength(62));
  test.for(cases)('$stack', ({ stack, wan_mtu, max_inner, outer_at_max }) => {
    const value = calculate({ stack: stackOf(stack), linkMtu: wan_mtu }, catalogue);
    expect({ tunnelMtu: value.tunnelMtu, used: value.linkMtu - value.slack }).toEqual({
      tunnelMtu: max_inner,
      used: outer_at_max[0],
    });
  });
});

interface PublishedCase {
  id: string;
  inputs: {
    wan_mtu: number;
    encapsulations: string[];
    esp: null | { enc: string; integ: string | null; mode: 'tunnel' | 'transport'; natt: boolean; outer_ip: 4 | 6 };
  };
  published: { inner_mtu?: number; mss_v4?: number; mss_v6?: number; max_overhead?: number };
}

describe('figures that vendors publish or devices print', () => {
  const { cases } = fixture('published.json') as { cases: PublishedCase[] };
  test('every case is there', () => expect(cases).toHaveLength(35));
  test.for(cases)('$id', ({ inputs: { wan_mtu, encapsulations, esp }, published }) => {
    const request: CalcRequest = esp
      ? {
          cipher: `${esp.enc}${esp.integ ? `-${esp.integ}` : ''}`,
          ...(esp.integ === null && esp.enc.includes('cbc') ? { auth: 'none' } : {}),
          mode: esp.mode,
          natT: esp.natt,
          outer: esp.outer_ip,
          linkMtu: wan_mtu,
        }
      : { stack: encapsulations.join('/'), linkMtu: wan_mtu };
    const { tunnelMtu, mss, overhead } = calculate(request, catalogue);
    const all = { inner_mtu: tunnelMtu, mss_v4: mss.ipv4, mss_v6: mss.ipv6, max_overhead: overhead.most };
    expect(Object.fromEntries(Object.keys(published).map((name) => [name, all[name as keyof typeof all]]))).toEqual(
      published,
    );
  });
});
