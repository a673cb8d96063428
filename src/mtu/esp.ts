import { ceilTo, floorTo, type Layer, type Part } from './layer.js';

/** SPI and sequence number, RFC 4303 §2.1 and §2.2. With ESN the upper half is never sent (§2.2.1). */
export const ESP_HEADER = 8;
/** Pad Length and Next Header, RFC 4303 §2.5 and §2.6. */
export const ESP_TRAILER = 2;
/** Pad Length and Next Header end on a multiple of four octets whatever the cipher, RFC 4303 §2.4. */
export const ESP_ALIGN = 4;

export type EspMode = 'tunnel' | 'transport';

/** What ESP puts on the wire, in octets; the salt of counter modes is key material and never sent. */
export interface EspNumbers {
  readonly name: string;
  readonly block: number;
  readonly iv: number;
  readonly icv: number;
  readonly source: string;
}

/** ESP, RFC 4303 §2: header, IV, payload, padding to the cipher's block, trailer, ICV. */
export function espLayer({ name, block, iv, icv, source }: EspNumbers): Layer {
  const align = Math.max(ESP_ALIGN, block);
  const outside = ESP_HEADER + iv + icv;
  return {
    name,
    source,
    wrap: (inner) => outside + ceilTo(inner + ESP_TRAILER, align),
    fit: (room) => floorTo(room - outside, align) - ESP_TRAILER,
    parts: (inner) => {
      const padding = ceilTo(inner + ESP_TRAILER, align) - inner - ESP_TRAILER;
      const before: Part[] = [{ name: 'ESP', octets: ESP_HEADER }];
      if (iv > 0) before.push({ name: 'IV', octets: iv });
      const after: Part[] = [];
      if (padding > 0) after.push({ name: 'pad', octets: padding });
      after.push({ name: 'trailer', octets: ESP_TRAILER });
      if (icv > 0) after.push({ name: 'ICV', octets: icv });
      return { before, after };
    },
  };
}
