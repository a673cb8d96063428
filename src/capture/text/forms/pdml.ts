import type { TextForm } from '../form.js';
import { type Field, packetOfFields } from './fields.js';

const FIELD = /<field name="([\w.]{3,60})"[^<>]{0,800}?\bshow="([^"<>]{0,120})"/g;

/** Wireshark's and tshark's PDML. */
export const pdml: TextForm = {
  id: 'pdml',
  title: 'PDML',
  manual: 'tshark(1), -T pdml',
  tall: true,
  start: (line) => (/<packet\b/.test(line) ? { time: null, device: null, way: null, ordinal: null, body: line } : null),
  read(_, lines, line) {
    const fields: Field[] = [];
    for (const one of lines)
      for (const [, name, value] of one.matchAll(FIELD)) fields.push([name as string, value as string]);
    return packetOfFields(fields, line);
  },
};
