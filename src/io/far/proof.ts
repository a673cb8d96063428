import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { MtucalcError } from '../../error.js';
import { FAR_VERSION, NONCE_OCTETS } from '../../probe/far/message.js';

/** Characters of a token: one that was overheard in use can be guessed at leisure. */
const SHORTEST = 16,
  LONGEST = 256;
/** Octets of the code behind each line. */
const CODE = 16;

/** 128 bits, as a word that survives every shell. */
export const newToken = (): string => randomBytes(16).toString('hex');
export const newNonce = (): string => randomBytes(NONCE_OCTETS).toString('hex');

/** @throws MtucalcError */
export function checkedToken(token: string): string {
  if (token.length < SHORTEST || token.length > LONGEST)
    throw new MtucalcError(
      'bad-value',
      `a token of ${token.length} characters is outside ${SHORTEST} to ${LONGEST}`,
      'take the one that mtucalc listen prints',
    );
  return token;
}

const hmac = (key: string | Buffer, ...texts: readonly string[]): Buffer =>
  createHmac('sha256', key).update(texts.join('\n')).digest();

/** What both ends know once the nonces are exchanged; the token itself is never sent (RFC 2104). */
export interface Proofs {
  /** Hexadecimal. */
  readonly near: string;
  readonly far: string;
  /** For the codes behind each line that follows. */
  readonly key: Buffer;
}

export function proofsOf(token: string, nearNonce: string, farNonce: string): Proofs {
  const of = (role: string): Buffer => hmac(token, `mtucalc far ${FAR_VERSION}`, role, nearNonce, farNonce);
  return { near: of('near').toString('hex'), far: of('far').toString('hex'), key: of('key') };
}

/** In a time that does not tell how much of it was right. */
export function isSame(given: unknown, right: string): boolean {
  const [one, other] = [Buffer.from(typeof given === 'string' ? given : ''), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** The code of one line: who says it, as which line, and what. */
export const codeOf = (key: Buffer, from: 'near' | 'far', number: number, line: string): string =>
  hmac(key, from, String(number), line).subarray(0, CODE).toString('hex');
