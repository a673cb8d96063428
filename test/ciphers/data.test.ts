import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/io/catalogue.js';
import { canonical } from '../../src/mtu/alias.js';
import { calculate } from '../../src/mtu/calculate.js';
import { parseProposal } from '../../src/mtu/suite.js';

const { encr, integ, ike, wan, headers, tunnels, implementations, numbers } = catalogue;

interface Named {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly keyBits?: readonly number[];
}

const namesOf = ({ id, aliases, keyBits = [] }: Named): string[] => [
  id,
  ...aliases.flatMap((name) => (name.includes('{k}') ? keyBits.map((k) => name.replace('{k}', String(k))) : [name])),
];

const pairOf = (text: string): string => {
  try {
    return parseProposal(text, catalogue)
      .map((suite) => `${suite.encr?.id} ${suite.integ?.id}`)
      .join(', ');
  } catch {
    return 'refused';
  }
};

/** A row also answers to its own name, unless that is its id in other letters. */
const ownName = ({ id, name }: Named): string[] => (canonical(name) === id ? [] : [canonical(name)]);

const lists: [string, readonly Named[]][] = Object.entries({ encr, integ, wan, headers, tunnels, implementations });

describe('names', () => {
  test.for(lists)('%s: no name stands in two rows', ([, rows]) => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const row of rows) {
      for (const name of new Set([...namesOf(row), ...(row.keyBits || 'icv' in row ? ownName(row) : [])])) {
        if (seen.has(name)) twice.push(`${name}: ${seen.get(name)} and ${row.id}`);
        seen.set(name, row.id);
      }
    }
    expect(twice).toEqual([]);
  });

  test.for(lists)('%s: every name is in canonical form', ([, rows]) => {
    const names = rows.flatMap((row) => namesOf(row));
    expect(names.filter((name) => canonical(name) !== name)).toEqual([]);
  });

  test('a {k} stands only where key sizes do', () => {
    const open = [...encr, ...integ].filter((row: Named) => row.aliases.join().includes('{k}') && !row.keyBits?.length);
    expect(open.map(({ id }) => id)).toEqual([]);
  });

  test('every cipher name is read as its row, alone and behind ESP', () => {
    const wrong: string[] = [];
    for (const row of encr) {
      for (const name of namesOf(row)) {
        for (const text of row.id === 'null' ? [name] : [name, `esp-${name}`]) {
          const suites = parseProposal(text, catalogue);
          if (suites.length !== 1 || suites[0]?.encr?.id !== row.id) wrong.push(`${text} is not ${row.id}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('every cipher name with every integrity name is read as that pair', () => {
    const wrong: string[] = [];
    const protecting = integ.filter(({ ahOnly }) => !ahOnly);
    for (const row of encr.filter(({ kind }) => kind === 'cipher')) {
      for (const name of namesOf(row)) {
        for (const auth of protecting) {
          for (const second of namesOf(auth).filter((one) => !one.startsWith('ah-'))) {
            const text = `${name}-${second}`;
            const read = pairOf(text);
            // A bare 'aes' before 'xcbc' or 'cmac' may read as the integrity algorithm: then it is refused, never
            // guessed.
            const refusable = name === 'aes' && /^(xcbc|cmac)/.test(second);
            if (read === `${row.id} ${auth.id}` || (refusable && read === 'refused')) continue;
            wrong.push(`${text} is ${read}, not ${row.id} ${auth.id}`);
          }
        }
      }
    }
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  test('names that people paste', () => {
    const read = (text: string) => {
      const [suite] = parseProposal(text, catalogue);
      return [suite?.encr?.id, suite?.integ?.id ?? null, suite?.keyBits ?? null];
    };
    const pasted: [string, string, string | null, number | null][] = [
      ['AES_CBC-256/HMAC_SHA2_256_128', 'aes-cbc', 'sha256-128', 256],
      ['ESP:AES_GCM_16-256', 'aes-gcm-16', null, 256],
      ['aes_gcm256-null', 'aes-gcm-16', null, 256],
      ['aes256-sha2_512;dh19', 'aes-cbc', 'sha512-256', 256],
      ['rfc4106(gcm(aes))', 'aes-gcm-16', null, null],
      ['cbc(des3_ede)-hmac(sha1)', '3des-cbc', 'sha1-96', null],
      ['echainiv(authenc(hmac(sha256),cbc(aes)))', 'aes-cbc', 'sha256-128', null],
      ['ecb(cipher_null)-digest_null', 'null', 'none', null],
      ['esp-aes 256 esp-sha256-hmac', 'aes-cbc', 'sha256-128', 256],
      ['esp-256-aes esp-sha-hmac', 'aes-cbc', 'sha1-96', 256],
      ['esp-gcm 256', 'aes-gcm-16', null, 256],
      ['esp-gmac 256', 'aes-gmac', null, 256],
      ['esp-null esp-md5-hmac', 'null', 'md5-96', null],
      ['GCMAES256', 'aes-gcm-16', null, 256],
      ['AES-GCM-16-256', 'aes-gcm-16', null, 256],
      ['AES256-GCM-16', 'aes-gcm-16', null, 256],
      ['AES-CBC-256 HMAC-SHA2-256-128', 'aes-cbc', 'sha256-128', 256],
      ['ENCR_AES_CBC AUTH_HMAC_SHA2_256_128', 'aes-cbc', 'sha256-128', null],
      ['aes-256-cbc hmac-sha-256-128', 'aes-cbc', 'sha256-128', 256],
      ['rijndael-cbc hmac-sha2-256', 'aes-cbc', 'sha256-128', null],
      ['AES-GCM with 16 octet ICV [RFC4106]', 'aes-gcm-16', null, null],
      ['TripleDES-CBC [RFC2451] HMAC-SHA-1-96 [RFC2404]', '3des-cbc', 'sha1-96', null],
    ];
    expect(pasted.map(([text]) => [text, ...read(text)])).toEqual(pasted);
  });

  test('no IKE or noise word hides an algorithm', () => {
    const ignored = new RegExp(`^(?:${ike.ignored.join('|')})$`);
    const noise = new Set([...ike.noise, ...ike.esn]);
    const names = [...encr, ...integ].flatMap((row) => namesOf(row));
    expect(names.filter((name) => ignored.test(name) || noise.has(name))).toEqual([]);
  });
});

describe('sources', () => {
  // An RFC is cited with its section; other documents by the name of their part.
  const named = (source: string): boolean =>
    source.split('; ').every((one) => (/^RFC \d/.test(one) ? /^RFC \d+( §|, )/.test(one) : one.trim().length > 10));

  test.for(lists)('%s: every row names a section or the part of a document', ([, rows]) => {
    const bare = (rows as readonly (Named & { source: string })[]).filter(
      ({ id, source }) => id !== 'udp' && !named(source),
    );
    expect(bare.map(({ id, source }) => `${id}: ${source}`)).toEqual([]);
  });

  test('every requirement word has its source', () => {
    const open = [...encr, ...integ].filter(
      ({ status, statusSource }) => status !== null && !/^RFC 8221 §[56]$/.test(statusSource ?? ''),
    );
    expect(open.map(({ id }) => id)).toEqual([]);
  });

  test('every quoted number is said once and has a source', () => {
    const keys = numbers.map(({ value, of }) => `${value} ${of}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(numbers.filter(({ says, source }) => says === '' || source === '')).toEqual([]);
  });
});

describe('lengths', () => {
  const independent = JSON.parse(readFileSync(new URL('fixtures/independent.json', import.meta.url), 'utf8'));
  const pick = (rows: readonly object[], ids: string[], fields: string[]) =>
    Object.fromEntries(
      ids.map((id) => {
        const row = rows.find((one) => (one as Named).id === id) as Record<string, unknown> | undefined;
        return [id, Object.fromEntries(fields.map((field) => [field, row?.[field]]))];
      }),
    );
  const single = (table: Record<string, unknown>, field: string) =>
    Object.fromEntries(Object.entries(table).map(([id, value]) => [id, { [field]: value }]));

  test('IANA numbers', () => {
    const { encr: one, integ: three } = independent.iana;
    expect(pick(encr, Object.keys(one), ['iana'])).toEqual(single(one, 'iana'));
    expect(pick(integ, Object.keys(three), ['iana'])).toEqual(single(three, 'iana'));
    expect(encr.filter(({ id, iana }) => iana !== null && !(id in one))).toEqual([]);
  });

  test('IV and ICV of combined modes, block of CBC, truncation in the Linux kernel', () => {
    const { aead, cbc, auth } = independent.linux;
    expect(pick(encr, Object.keys(aead), ['iv', 'icv'])).toEqual(aead);
    expect(pick(encr, Object.keys(cbc), ['block'])).toEqual(single(cbc, 'block'));
    expect(pick(encr, Object.keys(cbc), ['iv'])).toEqual(single(cbc, 'iv'));
    expect(pick(integ, Object.keys(auth), ['icv'])).toEqual(single(auth, 'icv'));
  });

  test('GOST transforms in an implementation', () => {
    expect(pick(encr, Object.keys(independent.gost.encr), ['iv', 'icv', 'salt'])).toEqual(independent.gost.encr);
  });

  test('requirement words, second look', () => {
    const { encr: one, integ: three } = independent.status;
    expect(pick(encr, Object.keys(one), ['status'])).toEqual(single(one, 'status'));
    expect(pick(integ, Object.keys(three), ['status'])).toEqual(single(three, 'status'));
  });

  test('only CBC pads to a block, and its IV is that block', () => {
    const cbc = encr.filter(({ block }) => block > 1);
    expect(cbc.filter(({ id }) => !id.endsWith('-cbc'))).toEqual([]);
    expect(cbc.filter(({ block, iv, icv, kind }) => block !== iv || icv !== 0 || kind !== 'cipher')).toEqual([]);
    expect(encr.filter(({ kind, icv }) => (kind === 'aead') !== icv > 0)).toEqual([]);
  });

  const oracle = new URL('../../../shared/oracle/algorithms.json', import.meta.url);
  test.skipIf(!existsSync(oracle))('the collected table of algorithms (skipped without ../shared)', () => {
    const { algorithms } = JSON.parse(readFileSync(oracle, 'utf8')) as {
      algorithms: { id: string; type: string; iv: number; icv: number; pad_align: number | null }[];
    };
    const theirs = algorithms.map(({ id, type, iv, icv, pad_align }) =>
      type === 'integrity' ? [id, icv + iv] : [id, iv, icv, pad_align],
    );
    const ours = algorithms.map(({ id, type }) => {
      // AES-GMAC's IV travels inside AH's ICV field, so the row holds both.
      if (type === 'integrity') return [id, integ.find((row) => row.id === id)?.icv];
      const row = encr.find((one) => one.id === id);
      return [id, row?.iv, row?.icv, Math.max(4, row?.block ?? 0)];
    });
    expect(ours).toEqual(theirs);
  });

  test.for(Object.entries(independent.tunnels.mtu as Record<string, [number, number | null]>))(
    'tunnel %s',
    ([tunnel, mtu]) => {
      const of = (outer: 4 | 6) => calculate({ tunnel, outer, linkMtu: 1500 }, catalogue).tunnelMtu;
      const [four, six] = mtu;
      expect(of(4)).toBe(four);
      // null: the tunnel has no IPv6 form, and says so.
      if (six === null) expect(() => of(6)).toThrow('has IPv4 outside');
      else expect(of(6)).toBe(six);
    },
  );

  test('every tunnel can be built, with and without NAT-T', () => {
    for (const { id, stack } of tunnels) {
      const ipsec = stack.includes('{esp}');
      for (const natT of ipsec ? [true, false] : [undefined]) {
        const request = {
          tunnel: id,
          linkMtu: 1500,
          ...(ipsec ? { cipher: 'aes256-sha256', natT: natT as boolean } : {}),
        };
        const { tunnelMtu } = calculate(request, catalogue);
        expect(tunnelMtu, id).toBeGreaterThanOrEqual(1280);
        expect(tunnelMtu, id).toBeLessThanOrEqual(1500);
      }
    }
  });
});

describe('references between the files', () => {
  const ids = (rows: readonly Named[]) => new Set(rows.map(({ id }) => id));

  test('every effect names rows that exist', () => {
    const wrong = implementations.flatMap(({ id, effects }) =>
      effects
        .filter((effect) => {
          if (effect.kind === 'icv') return !ids(integ).has(effect.integ) || !ids(integ).has(effect.use);
          if (effect.kind === 'pad') return !ids(encr).has(effect.encr);
          if (effect.kind === 'header-option') {
            return !headers.find((row) => row.id === effect.header)?.options?.[effect.option];
          }
          return effect.kind !== 'ah-align';
        })
        .map((effect) => `${id}: ${JSON.stringify(effect)}`),
    );
    expect(wrong).toEqual([]);
  });

  test('every carrier a header rides on is given by something', () => {
    const given = new Set(['link', ...headers.map(({ gives }) => gives)]);
    const lost = headers.filter(({ on }) => on.length === 0 || on.some((carrier) => !given.has(carrier)));
    expect(lost.map(({ id }) => id)).toEqual([]);
    expect(headers.filter(({ implies }) => implies && !ids(headers).has(implies)).map(({ id }) => id)).toEqual([]);
  });

  test('link MTUs are what their headers leave', () => {
    const of = (id: string) => wan.find((row) => row.id === id)?.linkMtu;
    const octets = (id: string) => headers.find((row) => row.id === id)?.octets ?? Number.NaN;
    expect(of('pppoe')).toBe(1500 - octets('pppoe'));
    expect(of('ds-lite')).toBe(1500 - octets('ipv6'));
    expect(of('map-e')).toBe(1500 - octets('ipv6'));
    expect(of('6rd')).toBe(1500 - octets('ipv4'));
    expect(of('6in4')).toBe(1500 - octets('ipv4'));
    expect(of('gre-provider')).toBe(1500 - octets('ipv4') - octets('gre'));
    expect(of('l2tp-provider')).toBe(1500 - octets('ipv4') - octets('udp') - octets('l2tp') - 2 - octets('ppp'));
    expect(of('vlan-in-1500')).toBe(1500 - octets('vlan'));
    expect(of('qinq-in-1500')).toBe(1500 - 2 * octets('vlan'));
  });
});
