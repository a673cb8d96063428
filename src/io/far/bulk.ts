import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { type FarReport, SESSION_LIMITS } from '../../probe/far/message.js';
import { infoOf } from './data-port.js';
import type { FarEnd } from './far-end.js';

/** Longer than three retransmissions of Linux, milliseconds. */
const PATIENCE = 4_000;
const LOOK = 10;

/** What one connection with full segments both ways told. Octets. */
export interface BulkSeen {
  /** SYN as the far end received it, and the MSS of its answer. */
  readonly tcp: Extract<FarReport, { is: 'tcp' }> | undefined;
  /** MSS in our SYN. */
  readonly sent: number | null;
  /** Right after the handshake: data and timestamps in one segment, and the path MTU of our kernel. */
  readonly sendMax: number | null;
  readonly pathMtu: number | null;
  readonly there: { readonly octets: number; readonly segment: number | null };
  readonly back: { readonly octets: number; readonly segment: number | null };
}

/** One ordinary connection to the far end's port; undefined where it does not open. */
export async function bulk(far: FarEnd, connection: number): Promise<BulkSeen | undefined> {
  const { address, source, sourceGiven, device } = far.options;
  const zone = /^fe80:/i.test(address) && device ? `%${device}` : '';
  const socket = connect({
    host: `${address}${zone}`,
    port: far.ready.port,
    noDelay: true,
    autoSelectFamily: false,
    ...(sourceGiven ? { localAddress: source } : {}),
  });
  socket.on('error', () => {});
  let tcp: BulkSeen['tcp'];
  let arrived: Extract<FarReport, { is: 'bulk' }> | undefined;
  const listen = (report: FarReport): void => {
    if (report.is === 'tcp' && report.connection === connection) tcp = report;
    if (report.is === 'bulk' && report.connection === connection) arrived = report;
  };
  far.listeners.add(listen);
  try {
    const open = await Promise.race([
      new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true));
        socket.once('close', () => resolve(false));
      }),
      pause(PATIENCE, false, { ref: false }),
    ]);
    if (!open) return undefined;
    const first = infoOf(far.libc, socket);
    let octets = 0;
    let segment: number | null = null;
    socket.on('data', (data: Buffer) => {
      octets += data.length;
      segment = infoOf(far.libc, socket)?.receiveMax ?? segment;
    });
    socket.write(`${JSON.stringify({ data: far.ready.tag, connection })}\n`);
    socket.write(Buffer.alloc(SESSION_LIMITS.bulk, 0x6e));
    const end = performance.now() + PATIENCE;
    while (performance.now() < end && (octets < SESSION_LIMITS.bulk || !arrived)) await pause(LOOK);
    // What came is told when the connection ends, where it was not all.
    socket.resetAndDestroy();
    for (let waited = 0; waited < 1000 && !arrived; waited += LOOK) await pause(LOOK);
    return {
      tcp,
      sent: first?.announced ?? null,
      sendMax: first?.sendMax ?? null,
      pathMtu: first?.pathMtu ?? null,
      there: { octets: arrived?.octets ?? 0, segment: arrived?.segment ?? null },
      back: { octets, segment },
    };
  } finally {
    far.listeners.delete(listen);
    socket.destroy();
  }
}
