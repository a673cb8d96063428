import { u16Little } from '../packet/octets.js';
import {
  RADIOTAP_FIELD,
  RADIOTAP_LEAST,
  WIFI_CONTROL,
  WIFI_FIELD,
  WIFI_FLAG,
  WIFI_HEADER,
  WIFI_OPTION,
} from '../packet/wifi.js';
import type { Frame } from './frame.js';
import { HEADER, type Header } from './header.js';
import { cut, encrypted, goOn, unknown } from './stop.js';

/** IEEE 802.11 behind a radiotap header. */
export function decodeRadiotap(frame: Frame, at: number): Header {
  if (at + RADIOTAP_LEAST > frame.limit) return cut(frame, at);
  return goOn(frame, at + u16Little(frame.bytes, at + RADIOTAP_FIELD.length), HEADER.wifi);
}

/** IEEE 802.11 data frames in clear: LLC follows the header. */
export function decodeWifi(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + WIFI_HEADER > end) return cut(frame, at);
  let control = bytes[at + WIFI_FIELD.control] as number;
  let flags = bytes[at + WIFI_FIELD.flags] as number;
  // Some controllers send the two octets of the frame control the other way round.
  if (!isData(control) && isData(flags) && frame.tunnels > 0) [control, flags] = [flags, control];
  if (!isData(control) || control & WIFI_CONTROL.noData) return unknown(frame, at);
  if (flags & WIFI_FLAG.protected) return encrypted(frame, at);
  let next = at + WIFI_HEADER;
  if ((flags & WIFI_FLAG.bothDs) === WIFI_FLAG.bothDs) next += WIFI_OPTION.address4;
  if (control & WIFI_CONTROL.qos) next += WIFI_OPTION.qos + (flags & WIFI_FLAG.order ? WIFI_OPTION.htControl : 0);
  return goOn(frame, next, HEADER.llc);
}

const isData = (control: number): boolean =>
  (control & (WIFI_CONTROL.type | WIFI_CONTROL.version)) === WIFI_CONTROL.data;
