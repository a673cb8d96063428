import { createServer } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { cannotListen } from './cannot-listen.js';

export interface FiguresRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Seconds that who asks waits (X-Prometheus-Scrape-Timeout-Seconds), within sane limits. */
  readonly patience: number;
}

export interface FiguresReply {
  readonly status: number;
  readonly text: string;
}

/** Who is slow, or many, or large, is let go. */
const LIMITS = { connections: 64, headersMs: 5000, requestMs: 10_000, idleMs: 5000, headerOctets: 8192 } as const;
/** Seconds: Prometheus' own default, and the longest anybody is waited for. */
const PATIENCE = { usual: 10, most: 120 } as const;
const TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * A page of somebody else's whose name is made to point here (DNS rebinding) says that name; addresses cannot be
 * rebound.
 */
function isForUs(host: string | undefined): boolean {
  const name = /^(?:\[([^\]]+)\]|([^:]*))(?::\d{1,5})?$/.exec(host ?? '');
  const bare = name?.[1] ?? name?.[2] ?? '';
  return isIP(bare) !== 0 || ['localhost', hostname().toLowerCase()].includes(bare.toLowerCase());
}

function patienceOf(header: string | string[] | undefined): number {
  const told = Number(header ?? PATIENCE.usual);
  return Number.isFinite(told) && told > 0 ? Math.min(told, PATIENCE.most) : PATIENCE.usual;
}

/** Answers GET and HEAD, nothing else. @throws MtucalcError where the address cannot be had */
export async function serveFigures(
  { address, port }: { readonly address: string; readonly port: number },
  answer: (request: FiguresRequest) => Promise<FiguresReply>,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer(
    {
      maxHeaderSize: LIMITS.headerOctets,
      headersTimeout: LIMITS.headersMs,
      requestTimeout: LIMITS.requestMs,
      keepAliveTimeout: LIMITS.idleMs,
      connectionsCheckingInterval: 1000,
    },
    (request, response) => {
      const reply = ({ status, text }: FiguresReply): void => {
        response.writeHead(status, { 'content-type': TYPE, 'x-content-type-options': 'nosniff' });
        response.end(request.method === 'HEAD' ? undefined : text);
      };
      request.resume();
      if (request.method !== 'GET' && request.method !== 'HEAD') return reply({ status: 405, text: 'GET only\n' });
      if (!isForUs(request.headers.host))
        return reply({ status: 421, text: 'ask by address, localhost or host name\n' });
      // No page in a browser has any business here, and each question may send packets.
      const site = request.headers['sec-fetch-site'];
      if (request.headers.origin !== undefined || (site !== undefined && site !== 'none'))
        return reply({ status: 403, text: 'not for pages of others\n' });
      let url: URL;
      try {
        url = new URL(request.url ?? '/', 'http://x');
      } catch {
        return reply({ status: 400, text: 'no address\n' });
      }
      const patience = patienceOf(request.headers['x-prometheus-scrape-timeout-seconds']);
      answer({ path: url.pathname, query: url.searchParams, patience }).then(reply, (error: Error) => {
        reply({ status: 500, text: 'a bug in mtucalc\n' });
        process.stderr.write(`mtucalc: ${error.name} while answering\n`);
      });
    },
  );
  server.maxConnections = LIMITS.connections;
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(address, port, error)));
    server.listen({ host: address, port }, resolve);
  });
  return {
    port: (server.address() as { port: number }).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
