import {
  lstatSync,
  mkdtempSync,
  promises,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { writeStream } from '../../src/io/write-stream.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtucalc-stream-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});
const at = (name: string): string => join(folder, name);
const octets = (text: string): Uint8Array => new TextEncoder().encode(text);
const ours = {
  ours: async (file: { read(from: number, count: number): Promise<Uint8Array> }) => (await file.read(0, 1))[0] === 0x6f,
};

describe('a file that is written piece by piece', () => {
  test('is at its place when all is there, for its owner alone, and nothing else is', async () => {
    const stream = await writeStream(at('x'), 0o600);
    await stream.write(octets('one '));
    expect(readdirSync(folder)).not.toContain('x');
    await stream.write(octets('two'));
    await stream.finish();
    await stream.abandon();
    expect(readFileSync(at('x'), 'utf8')).toBe('one two');
    expect(lstatSync(at('x')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['x']);
  });
  test('abandoned: what was there stays, and nothing else is', async () => {
    writeFileSync(at('x'), 'ours');
    const stream = await writeStream(at('x'), 0o600, ours);
    await stream.write(octets('half'));
    await stream.abandon();
    expect([readFileSync(at('x'), 'utf8'), readdirSync(folder)]).toEqual(['ours', ['x']]);
  });
  test.for([
    ['of ours', 'ours', {}, undefined],
    ['of others', 'mine', {}, /mtucalc did not write it/],
    ['of others, insisted', 'mine', { force: true }, undefined],
    ['that is empty', '', {}, undefined],
  ] as const)('a file %s', async ([, text, force, refusal]) => {
    writeFileSync(at('x'), text);
    const begun = writeStream(at('x'), 0o600, { ...ours, ...force });
    if (refusal) await expect(begun).rejects.toThrow(refusal);
    else await (await begun).finish();
    expect(readFileSync(at('x'), 'utf8')).toBe(refusal ? text : '');
  });
  test('a symbolic link is not followed, force or not', async () => {
    writeFileSync(at('y'), 'ours');
    symlinkSync(at('y'), at('x'));
    await expect(writeStream(at('x'), 0o600, { ...ours, force: true })).rejects.toThrow(/symbolic link/);
  });
  test('what somebody puts there meanwhile is not written over', async () => {
    const stream = await writeStream(at('x'), 0o600, ours);
    await stream.write(octets('rows'));
    writeFileSync(at('x'), 'mine');
    await expect(stream.finish()).rejects.toThrow(/did not write it/);
    expect([readFileSync(at('x'), 'utf8'), readdirSync(folder)]).toEqual(['mine', ['x']]);
  });
  test('a disk that is full: a sentence, and nothing is left', async () => {
    const stream = await writeStream(at('x'), 0o600);
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    vi.spyOn(promises, 'rename').mockRejectedValueOnce(full);
    await expect(stream.finish()).rejects.toMatchObject({
      code: 'file',
      message: expect.stringContaining('the disk is full'),
    });
    expect(readdirSync(folder)).toEqual([]);
  });
  test('a folder that is missing', async () => {
    await expect(writeStream(at('no/x'), 0o600)).rejects.toThrow(/no such folder/);
  });
});
