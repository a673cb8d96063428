import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { dialSsh, sshPlace, sshWords } from '../../../src/io/far/ssh.js';

describe('places', () => {
  test.for([
    ['ssh://gw', undefined, 'gw', undefined],
    ['ssh://admin@gw.example.net', 'admin', 'gw.example.net', undefined],
    ['ssh://admin@192.0.2.1:2222', 'admin', '192.0.2.1', 2222],
    ['ssh://a.b-c@[2001:db8::1]:22/', 'a.b-c', '2001:db8::1', 22],
  ] as const)('%s', ([text, user, host, port]) => {
    expect(sshPlace(text)).toEqual({ user, host, port });
  });
  test.for([
    'ssh://',
    'ssh://-oProxyCommand=id',
    'ssh://-oProxyCommand=id@gw',
    'ssh://user@-gw',
    'ssh://us er@gw',
    'ssh://user@gw;id',
    'ssh://user@$(id)',
    'ssh://user@gw:0',
    'ssh://user@gw:65536',
    'ssh://user@gw:22:22',
    'ssh://user:secret@gw',
    'ssh://[zz]',
    'ssh://user@gw/path',
    'ssh://user@gw\n-oX',
  ])('%j is none', (text) => {
    expect(() => sshPlace(text)).toThrow('is no place for ssh');
  });
  test('the host stands behind --, and what runs there is ours or the user’s own', () => {
    expect(sshWords({ user: 'u', host: 'gw', port: 2222 }, 6, 'sudo mtucalc')).toEqual([
      '-T',
      '-p',
      '2222',
      '-l',
      'u',
      '--',
      'gw',
      'sudo mtucalc listen --stdio --listen [::]:0',
    ]);
    expect(sshWords({ user: undefined, host: 'gw', port: undefined }, 4, undefined).at(-1)).toMatch(
      /^sh -c '.*' mtucalc listen --stdio --listen 0\.0\.0\.0:0$/,
    );
  });
});

describe('a program in place of ssh', () => {
  const folder = mkdtempSync(join(tmpdir(), 'far-ssh-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const fake = (name: string, script: string): string => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const place = { user: undefined, host: 'gw', port: undefined };
  test('an empty name of it is none', async () => {
    const { PATH } = process.env;
    process.env.PATH = folder;
    await expect(dialSsh(place, 4, undefined, '').finally(() => Object.assign(process.env, { PATH }))).rejects.toThrow(
      'there is no ssh here',
    );
  });
  test('a banner is passed over, then both speak', async () => {
    const echo = fake(
      'echo',
      `printf '%s\\n' "$@" > ${folder}/words; echo 'Welcome!'; echo; echo mtucalc-far-1; exec cat`,
    );
    const lines = await dialSsh(place, 4, undefined, echo);
    const answer = new Promise((resolve) => {
      lines.onValue = resolve;
    });
    lines.send({ hello: 'far end' });
    expect(await answer).toEqual({ hello: 'far end' });
    lines.close();
    expect(readFileSync(`${folder}/words`, 'utf8').split('\n').slice(0, 3)).toEqual(['-T', '--', 'gw']);
  });
  test.for([
    ['ends at once', 'exit 255', 'ssh ended with 255'],
    ['says something else for ever', 'yes banner', 'it says something else'],
  ] as const)('%s', async ([name, script, says]) => {
    await expect(dialSsh(place, 4, undefined, fake(name.replaceAll(' ', '-'), script))).rejects.toThrow(says);
  });
  test('is not there', async () => {
    await expect(dialSsh(place, 4, undefined, join(folder, 'nothing'))).rejects.toThrow('there is no ssh here');
  });
});
