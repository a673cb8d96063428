/** IEEE 802.11 9.2 and 9.3.2: data frames; radiotap, https://www.radiotap.org, before them. */
export const RADIOTAP_FIELD = { version: 0, pad: 1, length: 2, present: 4 } as const;
export const RADIOTAP_LEAST = 4;
export const WIFI_FIELD = {
  control: 0,
  flags: 1,
  duration: 2,
  address1: 4,
  address2: 10,
  address3: 16,
  sequence: 22,
} as const;
export const WIFI_HEADER = 24;
/** A fourth address, quality of service, high throughput control. */
export const WIFI_OPTION = { address4: 6, qos: 2, htControl: 4 } as const;
export const WIFI_CONTROL = { version: 0x03, type: 0x0c, data: 0x08, noData: 0x40, qos: 0x80 } as const;
export const WIFI_FLAG = { bothDs: 0x03, protected: 0x40, order: 0x80 } as const;
