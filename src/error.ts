/**
 * What kind of refusal it is: code decides by this and never by the sentence.
 *
 *   usage           the command line contradicts itself or lacks something
 *   unknown-name    a word that no table has
 *   bad-value       a number or text outside what is legal
 *   incomplete      something needed was not said
 *   impossible      known words that contradict each other
 *   no-room         nothing is left inside the tunnel
 *   too-many        above a limit that keeps time and memory bounded
 *   catalogue       rows of the user's own that are not right
 *   file            a file or stream that cannot be opened, read or written
 *   not-recognised, input-not-text, input-too-large, incomplete-input   pasted text of no kind that is known, no text,
 *                   too long, or without what is needed
 *   not-a-capture, empty-file, unreadable   a capture that is none, is empty, or holds nothing that can be read
 *   lost            a thread that died, and with it the answer of one file
 *   no-host, no-route, no-interface, no-engine, privilege   what a measurement needs and is not there
 */
export type ErrorCode =
  | 'usage'
  | 'unknown-name'
  | 'bad-value'
  | 'incomplete'
  | 'impossible'
  | 'no-room'
  | 'too-many'
  | 'catalogue'
  | 'file'
  | 'not-recognised'
  | 'input-not-text'
  | 'input-too-large'
  | 'incomplete-input'
  | 'not-a-capture'
  | 'empty-file'
  | 'unreadable'
  | 'lost'
  | 'no-host'
  | 'no-route'
  | 'no-interface'
  | 'no-engine'
  | 'privilege';

/**
 * Something about the request cannot be done: an unknown cipher, a missing privilege, a file that is no capture.
 * Shown as message and hint on stderr with exit code 2, never with a stack. Anything else that is thrown is a bug.
 */
export class MtucalcError extends Error {
  readonly code: ErrorCode;
  /** What to do about it, one sentence; printed on a line of its own. */
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, hint?: string) {
    super(message);
    this.name = 'MtucalcError';
    this.code = code;
    this.hint = hint;
  }
}

/** The error of one thing among several, as `--json` prints it. */
export interface ErrorValue {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
}

export const errorValue = ({ code, message, hint }: MtucalcError): ErrorValue => ({
  code,
  message,
  ...(hint === undefined ? {} : { hint }),
});
