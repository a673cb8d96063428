import type { Timed } from '../analyze/packets.js';
import { Script } from '../analyze/script.js';

/** A black hole: five full segments vanish, the first is sent again after waits that double. */
export const stalled = (): Timed[] => {
  const script = new Script().handshake().transfer('client', 100, 1);
  for (let n = 0; n < 5; n++) script.data('client', 1460);
  for (let n = 0; n < 4; n++) script.wait(0.3 * 2 ** n).segment('client', { seq: 1101, data: 1460 });
  return script.packets;
};

/** A transfer without any trouble. */
export const clean = (mss: { client?: number; server?: number } = {}): Timed[] =>
  new Script().handshake(mss).transfer('client', 1398, 5).close().packets;
