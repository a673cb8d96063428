import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importDevice } from '../../src/device/import.js';
import type { Imported } from '../../src/device/imported.js';
import { MtucalcError } from '../../src/error.js';
import { catalogue } from '../../src/io/catalogue.js';

/** What a fixture's sidecar says must come out; every field but `says` is compared. */
interface Expected {
  readonly says: string;
  readonly tunnelMtu?: number;
  readonly linkMtu?: number;
  readonly formats?: readonly string[];
  readonly rows?: readonly Record<string, unknown>[];
  readonly limiting?: number;
  /** Codes of the findings, in order. */
  readonly findings?: readonly string[];
  /** Words of the reason in the first finding. */
  readonly reason?: string;
  readonly assumptions?: readonly string[];
  readonly error?: string;
  readonly message?: readonly string[];
  readonly hint?: readonly string[];
}

const folder = new URL('./fixtures/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.slice(0, -4));

const fixture = (name: string): string => readFileSync(new URL(`${name}.txt`, folder), 'utf8');
const expected = (name: string): Expected =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Expected;

const importFixture = (name: string): Imported =>
  importDevice(fixture(name), catalogue, { from: name, overrides: {} }).value;

describe('device output in our own words', () => {
  test.for(names.filter((name) => expected(name).error === undefined))('%s', (name) => {
    const want = expected(name);
    const value = importFixture(name);
    expect(value.tunnelMtu).toBe(want.tunnelMtu);
    expect(value.linkMtu).toBe(want.linkMtu);
    expect(value.mss).toEqual({ ipv4: value.tunnelMtu - 40, ipv6: value.tunnelMtu - 60 });
    if (want.formats) expect(value.formats).toEqual(want.formats);
    if (want.rows) expect(value.rows).toMatchObject(want.rows);
    expect(value.limiting).toBe(want.limiting ?? 0);
    expect(value.findings.map(({ code }) => code)).toEqual(want.findings ?? []);
    if (want.reason) expect(value.findings[0]?.says).toContain(want.reason);
    for (const words of want.assumptions ?? [])
      expect(value.assumptions.map(({ says }) => says).join('\n')).toContain(words);
  });

  test.for(names.filter((name) => expected(name).error !== undefined))('%s is refused', (name) => {
    const want = expected(name);
    let refused: unknown;
    try {
      importFixture(name);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(MtucalcError);
    const { code, message, hint } = refused as MtucalcError;
    expect(code).toBe(want.error);
    for (const words of want.message ?? []) expect(message).toContain(words);
    for (const words of want.hint ?? []) expect(hint).toContain(words);
  });
});

describe('what a terminal, a mail client and an editor do to text', () => {
  const plain = names.filter((name) => expected(name).error === undefined);
  const whole = (name: string) => {
    const { tunnelMtu, linkMtu, rows } = importFixture(name);
    return {
      tunnelMtu,
      linkMtu,
      rows: rows.map(({ suite, natT, mode, tunnelMtu: mtu }) => ({ suite, natT, mode, mtu })),
    };
  };
  const changed = (text: string) => {
    const { tunnelMtu, linkMtu, rows } = importDevice(text, catalogue, { from: 'changed', overrides: {} }).value;
    return {
      tunnelMtu,
      linkMtu,
      rows: rows.map(({ suite, natT, mode, tunnelMtu: mtu }) => ({ suite, natT, mode, mtu })),
    };
  };
  const lines = (text: string): string[] => text.replaceAll('\r', '').split('\n');
  const changes: Record<string, (text: string) => string> = {
    'carriage returns': (text) => lines(text).join('\r\n'),
    'double carriage returns': (text) => lines(text).join('\r\r\n'),
    'tabs for blanks': (text) =>
      lines(text)
        .map((line) => line.replace(/^ {2,}/, '\t\t'))
        .join('\n'),
    'quoted mail': (text) =>
      `Hello,\n\n${lines(text)
        .map((line) => `> ${line}`)
        .join('\n')}\n\nregards`,
    'a byte order mark and no-break blanks': (text) =>
      `\ufeff${lines(text)
        .map((line) => line.replace(/^ +/, (blank) => '\u00a0'.repeat(blank.length)))
        .join('\n')}`,
    'colours and a title': (text) =>
      `\u001b]0;root@gw: ~\u0007${lines(text)
        .map((line) => `\u001b[01;32m${line}\u001b[0m`)
        .join('\n')}`,
    'pager marks': (text) =>
      lines(text)
        .map((line, i) => (i % 20 === 19 ? `--More-- \b\b\b\b\b\b\b\b\b         \b\b\b\b\b\b\b\b\b${line}` : line))
        .join('\n'),
    'blank lines': (text) => lines(text).join('\n\n'),
    'twelve more blanks in front': (text) =>
      lines(text)
        .map((line) => `            ${line}`)
        .join('\n'),
  };
  test.for(Object.entries(changes))('%s', ([, change]) => {
    for (const name of plain) expect({ name, ...changed(change(fixture(name))) }).toEqual({ name, ...whole(name) });
  });
});
