import { describe, expect, test } from 'vitest';
import { becomeUser, type Identity, lesserUser } from '../../src/io/identity.js';

const passwd = 'root:x:0:0:root:/root:/bin/bash\nnobody:x:99:98:nobody:/:/sbin/nologin\n';

describe('whom root becomes', () => {
  test.for([
    ['who called sudo', { SUDO_UID: '1000', SUDO_GID: '1001' }, 1000, 1001, 'sudo'],
    ['the largest id', { SUDO_UID: '4294967294', SUDO_GID: '1' }, 4_294_967_294, 1, 'sudo'],
    ['one more, which means leave it', { SUDO_UID: '4294967295', SUDO_GID: '1' }, 99, 98, 'nobody'],
    ['root called sudo', { SUDO_UID: '0', SUDO_GID: '0' }, 99, 98, 'nobody'],
    ["a user in root's group", { SUDO_UID: '1000', SUDO_GID: '0' }, 99, 98, 'nobody'],
    ['no ids', { SUDO_UID: '1e3', SUDO_GID: '-1' }, 99, 98, 'nobody'],
    ['half of it', { SUDO_UID: '1000' }, 99, 98, 'nobody'],
    ['nothing', {}, 99, 98, 'nobody'],
  ] as const)('%s', ([, env, uid, gid, why]) => {
    expect(lesserUser(env, passwd)).toEqual({ uid, gid, why });
  });
  test('a system without that account', () => {
    expect(lesserUser({}, 'root:x:0:0::/:/bin/sh\n')).toEqual({ uid: 65_534, gid: 65_534, why: 'nobody' });
  });
});

/** A process that notes what is asked of it; `keeps`: what the kernel does not do though it takes the call. */
function fake(keeps: 'nothing' | 'everything' | 'a way back' = 'nothing'): Identity & { readonly calls: string[] } {
  const calls: string[] = [];
  let uid = 0;
  return {
    calls,
    getuid: () => uid,
    setgroups: (ids) => void calls.push(`groups ${ids.join()}`),
    setgid: (id) => void calls.push(`gid ${id}`),
    setuid(id) {
      if (uid !== 0 && id === 0 && keeps !== 'a way back') throw Object.assign(new Error(), { code: 'EPERM' });
      calls.push(`uid ${id}`);
      if (keeps !== 'everything') uid = id;
    },
  };
}

const user = { uid: 1000, gid: 1001, why: 'sudo' } as const;

test('groups first, the user last', () => {
  const identity = fake();
  becomeUser(identity, user);
  expect(identity.calls).toEqual(['groups ', 'gid 1001', 'uid 1000']);
});

test.for(['everything', 'a way back'] as const)('a system that keeps %s is not believed', (keeps) => {
  expect(() => becomeUser(fake(keeps), user)).toThrow('root was not given up');
});

test('a refusal is one sentence', () => {
  const refused = Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: 'setgroups' });
  const identity: Identity = {
    ...fake(),
    setgroups: () => {
      throw refused;
    },
  };
  expect(() => becomeUser(identity, user)).toThrow('root cannot be given up here (setgroups: EPERM)');
});
