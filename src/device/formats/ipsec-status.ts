import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { suiteWords } from './algorithm-words.js';
import { payloadOf } from './traffic-selector.js';

const CHILD = /^\s*(\S{1,120})\{\d+\}:\s+(.*)$/;
const IKE = /^\s*(\S{1,120})\[\d+\]:\s+(.*)$/;
const SPIS =
  /^([A-Z]+), (TUNNEL|TRANSPORT|BEET|PASS), (?:reqid \d+, )?(ESP|AH)( in UDP)? SPIs: ([0-9a-f]{8})_i ([0-9a-f]{8})_o/;

/** strongSwan `ipsec statusall` and `ipsec status` (the latter without suites). */
export const ipsecStatus: DeviceFormat = {
  id: 'ipsec-status',
  title: 'ipsec statusall, ipsec status (strongSwan)',
  manual: 'ipsec(8) of strongSwan',
  recognise: ({ lines }) => lines.filter(({ text }) => SPIS.test(CHILD.exec(text)?.[2] ?? '')).length,
  parse: ({ lines }) => {
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    const ends = new Map<string, readonly [string | null, string | null]>();
    let last: readonly [string | null, string | null] = [null, null];
    let child: Draft<Association> | null = null;
    for (const { text, number } of lines) {
      const ike = IKE.exec(text);
      const between = /([0-9a-f.:]{2,45})\[[^\]]{0,200}\]\.\.\.([0-9a-f.:]{2,45})\[/i.exec(ike?.[2] ?? '');
      if (ike && between) {
        last = [safeAddress(between[1]), safeAddress(between[2])];
        ends.set(ike[1] as string, last);
      }
      const [, name = '', rest = ''] = CHILD.exec(text) ?? [];
      if (rest === '') continue;
      const found = SPIS.exec(rest);
      if (found) {
        // A CHILD_SA that was replaced stands there for a while.
        child = found[1] === 'INSTALLED' ? blankAssociation(number) : null;
        if (!child) continue;
        const [source, destination] = ends.get(name) ?? last;
        Object.assign(child, {
          name: safe(name, 60),
          protocol: found[3] === 'AH' ? 'ah' : 'esp',
          mode: found[2] === 'TUNNEL' ? 'tunnel' : 'transport',
          natT: found[4] !== undefined,
          spi: found[6],
          source,
          destination,
          outer: familyOf(destination) ?? familyOf(source),
        });
        associations.push(child);
        understood.push({ line: number, says: `CHILD_SA ${child.name}, ${child.mode}${child.natT ? ', in UDP' : ''}` });
      } else if (child) {
        suiteOf(rest, child);
        if (/ === /.test(rest) && child.payload === 'ip') child.payload = payloadOf(numbered(rest));
      }
    }
    const without = associations.some(({ encr, integ }) => encr === null && integ === null);
    const remarks = without ? ['ipsec status does not show the suite: ipsec statusall does, or --cipher gives it'] : [];
    return { format: ipsecStatus.id, associations, links: [], defaultDevices: [], remarks, understood };
  },
};

/** `AES_CBC_256/HMAC_SHA2_256_128/ESN, 21508 bytes_i …` */
function suiteOf(text: string, child: Draft<Association>): void {
  const found = /^([A-Z0-9_]{3,40})(?:\/([A-Z0-9_]{3,40}))?(?:\/[A-Z0-9_]{2,30}){0,3}, \d+ bytes_i/.exec(text);
  if (!found) return;
  const integ = /^(?:HMAC|AES_XCBC|AES_CMAC)/.test(found[2] ?? '') ? (found[2] as string) : null;
  if (child.protocol === 'ah') child.integ = suiteWords('null', found[1] ?? null).integ;
  else Object.assign(child, suiteWords(found[1] as string, integ));
}

/** `[47]` is what others print as `[gre]`. */
const numbered = (selectors: string): string => selectors.replaceAll('[47]', '[gre]').replaceAll('[4]', '[ipip]');
