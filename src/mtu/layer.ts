/** A piece of the packet on the wire, in octets. */
export interface Part {
  readonly name: string;
  readonly octets: number;
  /** RFC section or manual of the layer it belongs to; the inner packet has none. */
  readonly source?: string;
}

/**
 * One header (or header and trailer) put around an inner packet. All lengths in octets.
 * `wrap` and `fit` are a pair: `wrap(fit(room)) <= room < wrap(fit(room) + 1)` for every whole number.
 */
export interface Layer {
  readonly name: string;
  /** Size outside for a given size inside. */
  wrap(inner: number): number;
  /** Largest size inside for a given room outside. */
  fit(room: number): number;
  /** What stands before and after the inner packet of this size; the sum is `wrap(inner) - inner`. */
  parts(inner: number): { readonly before: readonly Part[]; readonly after: readonly Part[] };
  /** RFC section or manual. */
  readonly source: string;
  /** True for a bound that is no header: it puts nothing around the packet. */
  readonly limit?: true;
}

/** A header of fixed length. */
export function fixedLayer(name: string, octets: number, source: string, part = name): Layer {
  const parts = octets === 0 ? { before: [], after: [] } : { before: [{ name: part, octets }], after: [] };
  return { name, source, wrap: (inner) => inner + octets, fit: (room) => room - octets, parts: () => parts };
}

/** Nothing larger than `most` octets is taken in, whatever room there is: a product's own interface MTU. */
export function limitLayer(name: string, most: number, source: string): Layer {
  const none = { before: [], after: [] };
  return {
    name,
    source,
    limit: true,
    wrap: (inner) => (inner <= most ? inner : Number.POSITIVE_INFINITY),
    fit: (room) => Math.min(room, most),
    parts: () => none,
  };
}

/**
 * Transport mode protects a packet in place: its own IP header stands outside already, so the packet the host
 * sees is that much larger than the payload (RFC 4303 §3.1.1).
 */
export function ownHeaderLayer(name: string, octets: number, source: string): Layer {
  return {
    name,
    source,
    wrap: (inner) => inner - octets,
    fit: (room) => room + octets,
    parts: () => ({ before: [{ name, octets: -octets }], after: [] }),
  };
}

/** The largest multiple of `step` that is not above `value`. */
export const floorTo = (value: number, step: number): number => Math.floor(value / step) * step;

/** The smallest multiple of `step` that is not below `value`. */
export const ceilTo = (value: number, step: number): number => Math.ceil(value / step) * step;
