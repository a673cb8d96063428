/**
 * A word of the input that may be shown: a name, an address, an algorithm. Control characters go, length is bounded,
 * and a run that could be key material (hexadecimal or base64) is hidden.
 */
export function safe(text: string, longest = 80): string {
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '');
  const hidden = clean.replace(/(?:0x)?[0-9a-f]{16,}/gi, '(hidden)').replace(/[A-Za-z0-9+/]{32,}={0,2}/g, '(hidden)');
  return hidden.length > longest ? `${hidden.slice(0, longest)}…` : hidden;
}

/** An address or prefix as printed, or null where the word is none. */
export function safeAddress(text: string | null | undefined): string | null {
  if (!text) return null;
  return /^[0-9a-f:.]{2,45}(?:%[\w.-]{1,15})?$/i.test(text) && /[.:]/.test(text) ? text : null;
}
