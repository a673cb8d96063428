import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type LinkReading,
  type Paste,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { linkDraft, mtuOf } from './link-draft.js';
import { readProposals } from './proposals.js';

/** `ipsec.conf` of strongSwan (`esp=`) and libreswan (`phase2alg=`, `esp=`). */
export const ipsecConf: DeviceFormat = {
  id: 'ipsec-conf',
  title: 'ipsec.conf (strongSwan, libreswan)',
  manual: 'ipsec.conf(5)',
  recognise: ({ lines }) => {
    let places = 0;
    for (const { text } of lines) {
      if (/^\s*conn\s+\S+\s*$/.test(text) || /^\s*(?:esp|phase2alg|ah)\s*=\s*[a-z0-9]/i.test(text)) places++;
    }
    return places;
  },
  parse: (paste) => {
    const conns = readConns(paste);
    const fallback = conns.find(({ name }) => name === '%default')?.values ?? new Map<string, string>();
    const byName = new Map(conns.map((conn) => [conn.name, conn]));
    const referred = new Set(conns.flatMap(({ values }) => (values.get('also') ?? '').split(/\s+/)));
    const associations: Association[] = [];
    const understood: Understood[] = [];
    const remarks = new Set<string>();
    for (const conn of conns) {
      if (conn.name === '%default' && conns.length > 1) continue;
      const values = inherit(conn, byName, fallback);
      // A conn that only lends its lines to others is no tunnel.
      if (referred.has(conn.name) && !['right', 'esp', 'phase2alg'].some((key) => conn.values.has(key))) continue;
      if (/^(?:pass|drop|reject|passthrough)$/.test(values.get('type') ?? '')) continue;
      associations.push(...connProposals(conn, values, remarks));
      understood.push({ line: conn.line, says: `conn ${safe(conn.name)}` });
    }
    const links = conns.flatMap(({ name, line, values }): LinkReading[] => {
      // libreswan sets it on the route into the tunnel.
      const mtu = mtuOf(values.get('mtu'));
      return mtu === null ? [] : [linkDraft({ name, role: 'tunnel', mtu, line, setMtu: (value) => `mtu=${value}` })];
    });
    return { format: ipsecConf.id, associations, links, defaultDevices: [], remarks: [...remarks], understood };
  },
};

interface Conn {
  readonly name: string;
  readonly line: number;
  readonly values: Map<string, string>;
}

function readConns({ lines }: Paste): Conn[] {
  const conns: Conn[] = [];
  let current: Conn | undefined;
  for (const { text, number } of lines) {
    const head = /^\s*(conn|config|ca)\s+(\S+)\s*$/.exec(text);
    if (head) {
      current = head[1] === 'conn' ? { name: head[2] ?? '', line: number, values: new Map() } : undefined;
      if (current) conns.push(current);
      continue;
    }
    const [, key, value] = /^\s*([a-z][a-z0-9_-]{0,30})\s*=\s*(.*?)\s*(?:\s#.*)?$/i.exec(text) ?? [];
    if (key === undefined || value === undefined || /psk|secret|password|pin/i.test(key)) continue;
    // Lines without their conn, as in a mail that quotes only the proposal.
    if (!current && /^(?:esp|phase2alg|ah)$/i.test(key)) {
      current = { name: '', line: number, values: new Map() };
      conns.push(current);
    }
    current?.values.set(key.toLowerCase(), value);
  }
  return conns;
}

function inherit(
  conn: Conn,
  byName: ReadonlyMap<string, Conn>,
  fallback: ReadonlyMap<string, string>,
  depth = 0,
): Map<string, string> {
  const values = new Map(fallback);
  const also = conn.values.get('also');
  for (const name of depth < 8 && also ? also.split(/\s+/) : []) {
    const other = byName.get(name);
    if (other && other !== conn)
      for (const [key, value] of inherit(other, byName, new Map(), depth + 1)) values.set(key, value);
  }
  for (const [key, value] of conn.values) values.set(key, value);
  return values;
}

function connProposals(conn: Conn, values: ReadonlyMap<string, string>, remarks: Set<string>): Association[] {
  const written = values.get('esp') ?? values.get('phase2alg');
  const ah = written === undefined ? values.get('ah') : undefined;
  const list = readProposals(written ?? ah ?? 'default');
  for (const remark of list.remarks) remarks.add(`${safe(conn.name)}: ${remark}`);
  if (values.has('esp') && !values.get('esp')?.trim().endsWith('!') && !/default/.test(values.get('esp') ?? '')) {
    remarks.add(
      "without `!` strongSwan's starter also accepts its default proposals, of which AES-CBC with SHA2-512 needs most room",
    );
  }
  const forced = /^(?:yes|true)$/.test(values.get('forceencaps') ?? values.get('encapsulation') ?? '');
  const refused = /^(?:no|false)$/.test(values.get('encapsulation') ?? '');
  if (!forced && !refused)
    remarks.add(
      'the configuration does not say whether NAT-T will be used (forceencaps=yes forces it): both are shown',
    );
  const right = familyOf(values.get('right')) ? values.get('right') : undefined;
  const left = familyOf(values.get('left')) ? values.get('left') : undefined;
  return list.proposals.map((proposal) => {
    const draft: Draft<Association> = blankAssociation(conn.line);
    draft.kind = 'proposal';
    draft.name = safe(conn.name);
    draft.protocol = ah === undefined ? 'esp' : 'ah';
    if (ah === undefined) draft.encr = safe(proposal);
    else draft.integ = safe(proposal);
    draft.mode = /^transport/.test(values.get('type') ?? '') || values.get('type') === 'beet' ? 'transport' : 'tunnel';
    draft.natT = forced ? true : refused ? false : null;
    draft.source = safeAddress(left);
    draft.destination = safeAddress(right);
    draft.outer = familyOf(right) ?? familyOf(left);
    if (/^(?:17|udp)\/(?:1701|l2tp)/.test(values.get('leftprotoport') ?? values.get('rightprotoport') ?? ''))
      draft.payload = 'l2tp';
    if (/^(?:47|gre)\b/.test(values.get('leftprotoport') ?? values.get('rightprotoport') ?? '')) draft.payload = 'gre';
    return draft;
  });
}
