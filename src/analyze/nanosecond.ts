/**
 * Seconds as a capture's clock tells them, to a nanosecond, which no format divides: what arithmetic left behind that
 * goes (0.044763, not 0.04476300000000001).
 */
export const toNanosecond = (seconds: number): number => Math.round(seconds * 1e9) / 1e9;
