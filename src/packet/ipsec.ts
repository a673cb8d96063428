/** ESP, RFC 4303 2; AH, RFC 4302 2; ESP in UDP, RFC 3948 2; IKE, RFC 7296 3.1. */
export const ESP_FIELD = { spi: 0, sequence: 4 } as const;
export const ESP_HEADER = 8;

export const AH_FIELD = { nextHeader: 0, length: 1, reserved: 2, spi: 4, sequence: 8 } as const;
/** As much as says how long it is and what follows, with the SPI. */
export const AH_LEAST = 8;
/** `length` is in words of four octets, two fewer than there are. */
export const AH_WORDS_LESS = 2;

/** Four zero octets where ESP has its SPI: IKE follows. */
export const NON_ESP_MARKER = 4;
export const NATT_KEEPALIVE = 0xff;

export const IKE_FIELD = {
  initiator: 0,
  responder: 8,
  nextPayload: 16,
  version: 17,
  exchange: 18,
  flags: 19,
  message: 20,
  length: 24,
} as const;
export const IKE_HEADER = 28;
