import { MtucalcError } from '../error.js';
import { type Listener, openListener, type ProvenStream } from '../io/far/listener.js';
import { checkedToken, newToken } from '../io/far/proof.js';
import { READY } from '../io/far/ssh.js';
import { hostIn } from '../io/resolve.js';
import type { Listened } from '../probe/far/result.js';
import { SCHEMA_VERSION } from '../schema-version.js';

export const LISTEN_PORT = 9470;

/** Where the far end listens, for whom and how long. */
export interface ListenRequest {
  /** `address:port`, `[v6]:port`, an address or `:port`; this host alone unless told. */
  readonly listen?: string | undefined;
  /** Networks that may connect, `198.51.100.0/24`; everybody who has the token where none is named. */
  readonly allow?: readonly string[];
  /** What the near end has to prove that it knows; made anew where none is given. */
  readonly token?: string | undefined;
  /** Seconds until it ends by itself; 30 minutes unless told. */
  readonly seconds?: number | undefined;
  /** Ends after one session. */
  readonly once?: boolean;
  /** The session's own streams: whoever started this has proven who they are. */
  readonly stream?: ProvenStream | undefined;
  readonly signal?: AbortSignal | undefined;
  /** It listens; the token is what the other end has to know. */
  readonly onReady?: (listener: Listener, token: string) => void;
  /** A line for the person in front of it: who came, who was refused. */
  readonly log?: (says: string) => void;
}

/** Address and port of `--listen`. @throws MtucalcError */
export function listenPlace(
  text: string | undefined,
  usualPort = LISTEN_PORT,
): { readonly address: string; readonly port: number } {
  if (text === undefined) return { address: '127.0.0.1', port: usualPort };
  const any = /^(\[[^\]]*\]|[^:]*):0$/.exec(text);
  const alone = /^:(\d{1,5})$/.exec(text);
  const { name, port = usualPort } = hostIn(any ? (any[1] as string) : alone ? `127.0.0.1${text}` : text);
  if (!/^[0-9a-fA-F.:]+$/.test(name))
    throw new MtucalcError('bad-value', `--listen ${text} is no address`, 'as 0.0.0.0:9470, 192.0.2.1 or [::]:9470');
  return { address: name, port: any ? 0 : port };
}

/** Serves measurements until the time is over, it is stopped, or its one session ends. @throws MtucalcError */
export async function listen(request: ListenRequest = {}): Promise<Listened> {
  const { seconds = 30 * 60, once = false, stream, signal, log = () => {} } = request;
  const token = request.token === undefined ? newToken() : checkedToken(request.token);
  let finish: (how: Listened['ended']) => void = () => {};
  const ended = new Promise<Listened['ended']>((resolve) => {
    finish = resolve;
  });
  const listener = await openListener({
    ...listenPlace(request.listen),
    allow: request.allow ?? [],
    token,
    log,
    onSession: () => {
      if (stream) finish('peer');
      else if (once) finish('once');
    },
  });
  const begun = Date.now();
  const stop = (): void => finish('signal');
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => finish('time'), seconds * 1000);
  request.onReady?.(listener, token);
  if (stream) {
    stream.to.write(`${READY}\n`);
    listener.serve(stream);
  }
  const how = await ended;
  clearTimeout(timer);
  signal?.removeEventListener('abort', stop);
  await listener.close();
  return {
    schemaVersion: SCHEMA_VERSION,
    address: listener.address,
    port: listener.port,
    ...listener.counts(),
    ended: how,
    seconds: Math.round((Date.now() - begun) / 1000),
  };
}
