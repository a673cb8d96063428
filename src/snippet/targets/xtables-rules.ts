import type { Scope } from '../scope.js';

/** SYN and SYN/ACK: --syn would miss the SYN/ACK. */
export const SYN = '-p tcp -m tcp --tcp-flags SYN,RST SYN';

/** Networks of one direction; a list makes one rule for each of its members when it is loaded. */
export const addresses = ({ from, to }: Scope): string =>
  `${from.length > 0 ? ` -s ${from.join(',')}` : ''}${to.length > 0 ? ` -d ${to.join(',')}` : ''}`;

/** Lowers and never raises: the match lets only larger values through, a SYN without the option is left alone. */
export const clampTo = (mss: number, name: string): string =>
  `-m tcpmss --mss ${mss + 1}:65535 -m comment --comment mtucalc-${name} -j TCPMSS --set-mss ${mss}`;
