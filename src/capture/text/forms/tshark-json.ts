import type { TextForm } from '../form.js';
import { type Field, packetOfFields } from './fields.js';

const PAIR = /"([\w.]{3,60})": ?"([^"\\]{0,120})"/g;
/** Each packet's fields begin so; what stands before is the same for all. */
const START = /"layers": ?\{/;

/** `tshark -T json`: every field by its name. */
export const tsharkJson: TextForm = {
  id: 'tshark-json',
  title: 'tshark JSON',
  manual: 'tshark(1), -T json',
  tall: true,
  start: (line) => (START.test(line) ? { time: null, device: null, way: null, ordinal: null, body: line } : null),
  read(_, lines, line) {
    const fields: Field[] = [];
    for (const one of lines)
      for (const [, name, value] of one.matchAll(PAIR)) fields.push([name as string, value as string]);
    return packetOfFields(fields, line);
  },
};
