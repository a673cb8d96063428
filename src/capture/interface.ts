import type { Capture, CaptureInterface } from './container.js';
import { u16In, u32In } from './order.js';

const NAME = 2;
const RESOLUTION = 9;
const OFFSET = 14;

/** Reads an Interface Description Block (pcapng 4.2) at `at`; notes it in the capture. */
export function readInterface(
  capture: Capture,
  bytes: Uint8Array,
  at: number,
  blockLength: number,
  little: boolean,
): { of: CaptureInterface; offsetSeconds: number } {
  const end = Math.min(at + blockLength - 4, bytes.length);
  let unitsPerSecond = 1e6;
  let offsetSeconds = 0;
  let name: string | undefined;
  let option = at + 16;
  while (option + 4 <= end) {
    const code = u16In(bytes, option, little);
    const length = u16In(bytes, option + 2, little);
    const value = option + 4;
    if (code === 0) break;
    if (value + length > end) {
      const says = `option ${code} of interface ${capture.interfaces.length} says ${length} octets; ${end - value} are left`;
      capture.damage.add(capture.base + option, capture.frames + 1, says);
      break;
    }
    if (code === RESOLUTION && length >= 1) unitsPerSecond = resolution(bytes[value] as number);
    else if (code === OFFSET && length >= 8) offsetSeconds = signed64(bytes, value, little);
    else if (code === NAME) name = new TextDecoder().decode(bytes.subarray(value, value + Math.min(length, 64)));
    option = value + length + (-length & 3);
  }
  const of: CaptureInterface = {
    linkType: u16In(bytes, at + 8, little),
    snapLength: u32In(bytes, at + 12, little),
    unitsPerSecond,
    ...(name === undefined ? {} : { name: printable(name) }),
  };
  capture.interfaces.push(of);
  return { of, offsetSeconds };
}

/** if_tsresol: a power of ten, or of two where the highest bit is set. */
const resolution = (octet: number): number => (octet & 0x80 ? 2 ** (octet & 0x7f) : 10 ** octet);

const signed64 = (bytes: Uint8Array, at: number, little: boolean): number => {
  const high = u32In(bytes, little ? at + 4 : at, little) | 0;
  return high * 4_294_967_296 + u32In(bytes, little ? at : at + 4, little);
};

/** A name is shown on terminals: control characters become dots. */
const printable = (name: string): string => name.replace(/[\u0000-\u001f\u007f-\u009f]/g, '.');
