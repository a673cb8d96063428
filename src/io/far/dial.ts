import { connect, type Socket } from 'node:net';
import { MtucalcError } from '../../error.js';
import { FAR_VERSION, isNonce, LONGEST_LINE } from '../../probe/far/message.js';
import { Lines } from './lines.js';
import { isSame, newNonce, proofsOf } from './proof.js';

/** Patience for each step of the greeting, milliseconds. */
const PATIENCE = 5_000;

/** A proven way to say things to the far end. @throws MtucalcError where nobody listens or the token is another one. */
export async function dial(host: string, port: number, token: string): Promise<Lines> {
  const socket = await connected(host, port);
  const lines = new Lines(socket, socket, LONGEST_LINE.unproven);
  const answer = (say: object): Promise<Readonly<Record<string, unknown>>> =>
    new Promise((resolve, reject) => {
      const give = (): void => {
        lines.close();
        reject(
          new MtucalcError(
            'no-host',
            `${host} port ${port} does not take the token`,
            'take the one that mtucalc listen printed there',
          ),
        );
      };
      const timer = setTimeout(give, PATIENCE);
      lines.onEnd = () => {
        clearTimeout(timer);
        give();
      };
      lines.onValue = (value) => {
        clearTimeout(timer);
        // `null` and numbers are JSON too.
        resolve(typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {});
      };
      lines.send(say);
    });
  const own = newNonce();
  const { nonce } = await answer({ mtucalc: FAR_VERSION, nonce: own });
  if (!isNonce(nonce)) {
    lines.close();
    throw new MtucalcError(
      'no-host',
      `what listens at ${host} port ${port} is no mtucalc`,
      'name the port that mtucalc listen printed',
    );
  }
  const proofs = proofsOf(token, own, nonce);
  const { proof } = await answer({ proof: proofs.near });
  if (!isSame(proof, proofs.far)) {
    lines.close();
    throw new MtucalcError(
      'no-host',
      `${host} port ${port} does not know the token itself`,
      'somebody may answer in its name',
    );
  }
  lines.onEnd = () => {};
  lines.seal({ key: proofs.key, from: 'near' }, LONGEST_LINE.proven);
  return lines;
}

const refusals: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'the host is unreachable',
  ENETUNREACH: 'the network is unreachable',
  ECONNRESET: 'the connection was reset',
};

function connected(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const refuse = (why: string): void => {
      socket.destroy();
      const hint = 'start mtucalc listen --listen ADDRESS:PORT there and open its port, or use --peer ssh://USER@HOST';
      reject(new MtucalcError('no-host', `no far end at ${host} port ${port}: ${why}`, hint));
    };
    const timer = setTimeout(() => refuse('no answer'), PATIENCE);
    socket.once('error', ({ code = '' }: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      refuse(refusals[code] ?? code);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
  });
}
