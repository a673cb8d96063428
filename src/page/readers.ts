import type { AnalyzedCapture } from '../analyze/answer.js';
import type { Traced } from '../analyze/trace.js';
import type { importDevice } from '../device/import.js';
import { byId, el } from './dom.js';

/** What reads pastes and captures, and shows a capture's verdict: the page's second script. */
export interface Readers {
  readonly importDevice: typeof importDevice;
  /** The section of `analyze --report`; every text in it is escaped. */
  readonly verdictHtml: (capture: AnalyzedCapture, trace: Traced | undefined) => string;
  /** Its style, for a tree of its own. */
  readonly verdictStyle: string;
}

let given: Readers | undefined;
let text = '';
let loading: Promise<void> | undefined;

/** Called by the second script when it runs. */
export const giveReaders = (readers: Readers): void => {
  given = readers;
};

/** Undefined until `loadReaders` is done. */
export const readers = (): Readers | undefined => given;

/** The second script as text, for a worker; empty until `loadReaders` is done. */
export const readersText = (): string => text;

/** It stands in the page deflated (RFC 1951) and in base64: a third of its size. */
async function unpacked(base64: string): Promise<string> {
  const octets = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return await new Response(new Blob([octets]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
}

/**
 * Runs the second script: the policy allows it by its hash.
 * @throws Error where the page is damaged
 */
export const loadReaders = (): Promise<void> => {
  loading ??= load();
  return loading;
};

async function load(): Promise<void> {
  text = await unpacked(byId('readers').textContent ?? '');
  const script = el('script', {}, text);
  document.head.append(script);
  script.remove();
  if (given === undefined) throw new Error('this copy of the page is damaged: fetch it anew');
}
