import type { Server, Socket } from 'node:net';

/** Node's own handle of a socket; its descriptor is what options are set on. */
interface WithDescriptor {
  readonly _handle?: { readonly fd: number } | null;
}

/** The file descriptor of a socket; -1 where it is closed. */
export const descriptorOf = (socket: Socket | Server): number =>
  (socket as unknown as WithDescriptor)._handle?.fd ?? -1;
