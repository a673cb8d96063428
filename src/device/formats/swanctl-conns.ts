import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';

const CONNECTION = /^\s*(\S{1,120}): IKEv[12](?:\/2)?, /;
const CHILD = /^\s+(\S{1,120}): (TUNNEL|TRANSPORT|BEET)\b/;

/** `swanctl --list-conns`: names, ends and modes; the suites stand in no line of it. */
export const swanctlConns: DeviceFormat = {
  id: 'swanctl-conns',
  title: 'swanctl --list-conns (strongSwan)',
  manual: 'swanctl(8)',
  recognise: ({ lines }) =>
    lines.filter(({ text }) => CONNECTION.test(text) || (CHILD.test(text) && !/#\d+,/.test(text))).length,
  parse: ({ lines }) => {
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    let ends: [string | null, string | null] = [null, null];
    let inChild = false;
    for (const { text, number } of lines) {
      if (CONNECTION.test(text)) {
        ends = [null, null];
        inChild = false;
      }
      const end = /^\s+(local|remote):\s+(\S+)/.exec(text);
      if (end && !inChild) ends[end[1] === 'local' ? 0 : 1] = safeAddress(end[2]);
      const child = /#\d+,/.test(text) ? null : CHILD.exec(text);
      if (!child) continue;
      inChild = true;
      const draft: Draft<Association> = blankAssociation(number);
      draft.kind = 'proposal';
      draft.name = safe(child[1] as string, 60);
      draft.mode = child[2] === 'TUNNEL' ? 'tunnel' : 'transport';
      [draft.source, draft.destination] = ends;
      draft.outer = familyOf(ends[1]) ?? familyOf(ends[0]);
      associations.push(draft);
      understood.push({ line: number, says: `child ${draft.name}, ${draft.mode}` });
    }
    const remarks = ['swanctl --list-conns shows no suites and no NAT-T: --list-sas shows both'];
    return {
      format: swanctlConns.id,
      associations,
      links: [],
      defaultDevices: [],
      remarks: associations.length > 0 ? remarks : [],
      understood,
    };
  },
};
