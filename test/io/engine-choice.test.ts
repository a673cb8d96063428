import { afterEach, expect, test } from 'vitest';
import { MtucalcError } from '../../src/error.js';
import { engines, openEngine } from '../../src/io/engine-choice.js';
import type { EngineOptions } from '../../src/io/engine-options.js';
import type { ProbeEngine } from '../../src/probe/engine.js';

const options: EngineOptions = {
  family: 4,
  address: '127.0.0.1',
  source: '127.0.0.1',
  sourceGiven: false,
  zoned: false,
  device: undefined,
  pps: 100,
  ports: { udp: 1, tcp: 1 },
  localMtu: null,
};
const usual = { ...engines };
afterEach(() => Object.assign(engines, usual));

const fails = (...error: ConstructorParameters<typeof MtucalcError>) => ({
  missing: '',
  load: async () => async () => {
    throw new MtucalcError(...error);
  },
});
const noPlace = fails('no-engine', 'x.node cannot be unpacked below /proc', 'set TMPDIR');
const notAllowed = fails('privilege', 'root is needed');
/** An engine that tells what it was given in place of measuring. */
const ping = {
  missing: '',
  load: async () => async (given: EngineOptions) => ({ blindTo: [String(given.without)] }) as unknown as ProbeEngine,
};

const rows = [
  ['no engine of ours can be unpacked', noPlace, noPlace, 'x.node cannot be unpacked below /proc; set TMPDIR'],
  ['a privilege is missing: the usual case', notAllowed, noPlace, 'x.node cannot be unpacked below /proc; set TMPDIR'],
  ['both are there, and not allowed', notAllowed, notAllowed, 'undefined'],
] as const;
test.runIf(process.platform === 'linux').for(rows)(
  'ping says why it stands in: %s',
  async ([, raw, errqueue, says]) => {
    Object.assign(engines, { raw, errqueue, ping });
    expect((await openEngine(undefined, options)).blindTo).toEqual([says]);
  },
);

test.runIf(process.platform === 'linux')('without a ping, what is missing is the reason, not ping', async () => {
  Object.assign(engines, { raw: noPlace, errqueue: noPlace, ping: fails('no-engine', 'there is no ping') });
  await expect(openEngine(undefined, options)).rejects.toThrow('cannot be unpacked');
});
