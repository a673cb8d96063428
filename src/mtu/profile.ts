import type { Layer } from './layer.js';

/**
 * What the user described, checked: the IP MTU of the link under the outermost layer, and the layers outermost first.
 */
export interface Profile {
  readonly linkMtu: number;
  readonly layers: readonly Layer[];
}

/** Size on the link of an inner packet of `inner` octets. */
export function wrapAll(layers: readonly Layer[], inner: number): number {
  let size = inner;
  for (let i = layers.length - 1; i >= 0; i--) size = (layers[i] as Layer).wrap(size);
  return size;
}

/** Largest inner packet for a link MTU; may be zero or less where nothing fits. */
export function fitAll(layers: readonly Layer[], linkMtu: number): number {
  let room = linkMtu;
  for (let i = 0; i < layers.length; i++) room = (layers[i] as Layer).fit(room);
  return room;
}
