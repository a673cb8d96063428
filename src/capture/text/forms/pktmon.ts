import type { TextForm } from '../form.js';
import { secondsOf } from '../stamp.js';
import { packetOf } from './tcpdump.js';

// `[00]0000.0000::2026-11-21 06:25:18.412054000 [Microsoft-Windows-PktMon] …`: the labels behind it are translated.
const START =
  /^\[[0-9a-f]{1,3}\][0-9a-f]{1,8}\.[0-9a-f]{1,8}::(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,9}) \[[^\]]{1,60}\] (.*)$/i;
/** PktGroupId, PktNumber, Appearance, Direction, Type, Component, Edge, Filter, OriginalSize, LoggedSize. */
const COMPONENT = 5;
const FIELDS = 8;

/** `pktmon etl2txt`: a line with numbers, then tcpdump's line behind a tab. Each component shows the packet anew. */
export const pktmon: TextForm = {
  id: 'pktmon',
  title: 'pktmon etl2txt',
  manual: 'Windows Server documentation, Packet Monitor formatting',
  start(line) {
    const found = START.exec(line);
    if (!found) return null;
    const fields = (found[2] as string).split(',');
    if (fields.length < FIELDS) return null;
    const component = /(\d+)\s*$/.exec(fields[COMPONENT] as string)?.[1];
    const device = component === undefined ? null : `component ${component}`;
    return { time: secondsOf(found[1] as string), device, way: null, ordinal: null, body: '' };
  },
  read: (_, lines, line) => packetOf(lines.join(' ').trim(), line),
};
