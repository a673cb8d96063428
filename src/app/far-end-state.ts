import { openListener } from '../io/far/listener.js';
import { newToken } from '../io/far/proof.js';
import { hasSsh } from '../io/far/ssh.js';
import type { FarEndState } from '../probe/diagnosis.js';

/** Listens on the loopback for a moment, as `mtucalc listen` would. */
export async function farEndState(): Promise<FarEndState> {
  const ssh = await hasSsh();
  const through = ssh ? '--peer ssh://USER@HOST and HOST:PORT' : '--peer HOST:PORT alone: there is no ssh';
  const state = (udp: boolean, savedSyn: boolean, says: string): FarEndState => ({ udp, savedSyn, ssh, says });
  try {
    const listener = await openListener({ address: '127.0.0.1', port: 0, allow: [], token: newToken(), log: () => {} });
    const { udp, syn } = listener.can;
    await listener.close();
    const tells = udp
      ? `each direction by UDP and TCP${syn ? ', and the SYN as it arrived' : '; no saved SYN'}`
      : 'TCP alone: no path MTU and no MSS as it arrived without koffi';
    return state(udp, syn, `${tells}; ${through}`);
  } catch {
    return state(false, false, 'no port can be listened to on 127.0.0.1');
  }
}
