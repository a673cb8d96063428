/**
 * Something about the request cannot be done: an unknown cipher, a missing privilege, a file that is no capture.
 * Shown as message and hint on stderr with exit code 2, never with a stack. Anything else that is thrown is a bug.
 */
export class MtucalcError extends Error {
  /**
   * What kind of refusal it is: code decides by this and never by the sentence. The calculator's are `unknown-name` (a
   * word that no table has), `bad-value` (a number or text outside what is legal), `incomplete` (something needed was
   * not said), `impossible` (known words that contradict each other), `no-room` (nothing is left inside) and `too-many`.
   */
  readonly code: string;
  /** What to do about it, one sentence; printed on a line of its own. */
  readonly hint: string | undefined;

  constructor(code: string, message: string, hint?: string) {
    super(message);
    this.name = 'MtucalcError';
    this.code = code;
    this.hint = hint;
  }
}

/** The error of one thing among several, as `--json` prints it. */
export interface ErrorValue {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export const errorValue = ({ code, message, hint }: MtucalcError): ErrorValue => ({
  code,
  message,
  ...(hint === undefined ? {} : { hint }),
});
