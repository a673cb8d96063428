import type { Measurement } from '../measurement.js';
import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';

const OPTION =
  /^\s*(dev|proto|remote|cipher|data-ciphers(?:-fallback)?|ncp-ciphers|auth|mssfix|fragment|tun-mtu|link-mtu|tls-client|tls-server|comp-lzo|compress)\b(?:\s+(.*?))?\s*$/;
const LOG =
  /\b(?:Outgoing )?Data Channel:? (?:Encrypt: )?Cipher '([A-Z0-9-]{3,40})'|\[EMSGSIZE Path-MTU=(\d{2,5})\]|Data Channel: cipher '([A-Z0-9-]{3,40})'/;

/** OpenVPN configurations and logs. Buffers (`payload`, `link-mtu`, `tun_mtu`) say nothing about the path. */
export const openvpn: DeviceFormat = {
  id: 'openvpn',
  title: 'OpenVPN configuration and log',
  manual: 'openvpn(8)',
  recognise: ({ lines }) => {
    const options = new Set(lines.map(({ text }) => OPTION.exec(text)?.[1]).filter((one) => one !== undefined));
    const places = lines.filter(({ text }) => LOG.test(text)).length;
    const typical = ['proto', 'remote', 'cipher', 'data-ciphers', 'auth'].filter((one) => options.has(one)).length;
    return places + (options.has('dev') && typical >= 1 ? options.size : typical >= 3 ? typical : 0);
  },
  parse: ({ lines }) => {
    const understood: Understood[] = [];
    const measurements: Measurement[] = [];
    const options = new Map<string, { readonly value: string; readonly line: number }>();
    let negotiated: { readonly cipher: string; readonly line: number } | null = null;
    let link: { readonly address: string; readonly tcp: boolean; readonly six: boolean | null } | null = null;
    for (const { text, number } of lines) {
      const option = OPTION.exec(text);
      if (option && !options.has(option[1] as string)) {
        options.set(option[1] as string, { value: option[2] ?? '', line: number });
        understood.push({ line: number, says: `option ${option[1]}` });
      }
      const log = LOG.exec(text);
      if (log?.[2])
        measurements.push({
          to: link?.address ?? null,
          arrived: null,
          refused: null,
          ptb: Number(log[2]),
          by: null,
          line: number,
        });
      if (log?.[2]) understood.push({ line: number, says: `path MTU ${log[2]} for the outside` });
      const cipher = log?.[1] ?? log?.[3];
      if (cipher) {
        negotiated = { cipher, line: number };
        understood.push({ line: number, says: `data channel cipher ${safe(cipher, 40)}` });
      }
      const far = /\b(TCP|UDP)(v[46])?(?:_CLIENT)? link remote: \[AF_INET(6)?\]\[?([0-9a-f.:]+?)\]?:\d+/i.exec(text);
      if (far) link = { address: safeAddress(far[4]) ?? '', tcp: far[1]?.toUpperCase() === 'TCP', six: far[3] === '6' };
    }
    const suite = negotiated ?? configured(options);
    const associations = suite ? [tunnelOf(suite, options, link)] : [];
    const remarks = suite ? moreInside(options) : [];
    return { format: openvpn.id, associations, links: [], defaultDevices: [], remarks, understood, measurements };
  },
};

type Options = ReadonlyMap<string, { readonly value: string; readonly line: number }>;

/** Framing inside the encryption (OpenVPN src/openvpn/comp.h, fragment.h); the second version of compression has none. */
function moreInside(options: Options): string[] {
  const compress = options.get('compress')?.value;
  const framed = options.has('comp-lzo') || (compress !== undefined && !/v2|migrate/.test(compress));
  const octets = Number(framed) + (options.has('fragment') ? 4 : 0);
  return octets === 0 ? [] : [`compression and fragment put ${octets} into each packet: so much less fits than here`];
}

/** The first of the offered ciphers: both ends of today's take it; a lone `cipher` is older and says it all. */
function configured(options: Options): { readonly cipher: string; readonly line: number } | null {
  const offered = options.get('data-ciphers') ?? options.get('ncp-ciphers') ?? options.get('cipher');
  const cipher = offered?.value.split(':')[0]?.trim();
  return offered && cipher ? { cipher, line: offered.line } : null;
}

function tunnelOf(
  { cipher, line }: { readonly cipher: string; readonly line: number },
  options: Options,
  link: { readonly address: string; readonly tcp: boolean; readonly six: boolean | null } | null,
): Association {
  const draft: Draft<Association> = blankAssociation(line);
  const proto = options.get('proto')?.value ?? 'udp';
  const remote = options.get('remote')?.value.split(/\s+/)[0] ?? link?.address;
  const aead = /GCM|POLY1305/i.test(cipher);
  const tap = /^tap/.test(options.get('dev')?.value ?? '');
  const tcp = /^tcp/.test(proto) || link?.tcp === true;
  draft.kind = 'tunnel';
  draft.protocol = 'none';
  draft.tunnel = tcp ? 'openvpn-tcp' : tap ? 'openvpn-tap' : 'openvpn';
  draft.name = 'openvpn';
  draft.destination = safeAddress(remote);
  // `udp4` and a literal address decide; a name may be reached over IPv6.
  const said = /([46])$/.exec(proto)?.[1] ?? (link && (link.six ? '6' : '4'));
  draft.outer = said === undefined ? familyOf(remote) : said === '6' ? 6 : 4;
  if (!aead) draft.encr = safe(`${cipher}-${options.get('auth')?.value ?? 'SHA1'}`.toLowerCase(), 60);
  return draft;
}
