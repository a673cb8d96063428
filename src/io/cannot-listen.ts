import { MtucalcError } from '../error.js';

const refusals: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  EADDRINUSE: ['something else listens there', 'ss -tlnp shows what; name another port'],
  EADDRNOTAVAIL: ['it is no address of this host', 'ip address shows those it has'],
  EACCES: ['this user may not (ports below 1024 are for root)', 'name a port above 1023'],
  EAFNOSUPPORT: ['this host does not have this family', 'name an address of the other one'],
};

/** What a server that cannot be opened is refused with. */
export function cannotListen(
  address: string,
  port: number,
  { code = '', message }: NodeJS.ErrnoException,
): MtucalcError {
  const [why, hint] = refusals[code] ?? [message, 'name another address or port'];
  return new MtucalcError('impossible', `cannot listen at ${address} port ${port}: ${why}`, hint);
}
