import { childText, elementsNamed, readXml, type XmlElement } from '../../config/xml.js';
import {
  type Association,
  blankAssociation,
  type ClampReading,
  type DeviceFormat,
  type Draft,
  familyOf,
  type LinkReading,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { suiteWords } from './algorithm-words.js';
import { linkDraft, mtuOf } from './link-draft.js';
import { readProposals } from './proposals.js';
import { peerRemarks, wireguardPeer } from './wireguard-peer.js';

const ROOT = /<(?:pfsense|opnsense)>/;
const END = /<\/(?:pfsense|opnsense)>/;
/** A part of it, pasted alone. */
const PART = /^\s*<(?:encryption-algorithm-option|esp_proposals|hash-algorithm-option|remote-gateway)>/;
const MOST = 500;

/** config.xml of pfSense and OPNsense: IPsec of both kinds, WireGuard, the MTU of interfaces, MSS clamping of VPNs. */
export const pfsenseConfig: DeviceFormat = {
  id: 'pfsense-config',
  title: 'config.xml of pfSense and OPNsense',
  manual: 'pfSense documentation, XML configuration; OPNsense models Swanctl and Wireguard',
  recognise: ({ lines }) =>
    lines.some(({ text }) => ROOT.test(text)) ? 1 : lines.filter(({ text }) => PART.test(text)).length,
  parse: ({ lines }) => {
    const root = readXml(lines);
    const understood: Understood[] = [];
    const remarks = new Set<string>();
    const all = [...phase2(root), ...swanctl(root, remarks), ...wireguard(root)];
    const associations = all.slice(0, MOST);
    if (all.length > MOST) remarks.add(`of ${all.length} proposals and peers the first ${MOST} were read`);
    if (lines.some(({ text }) => ROOT.test(text)) && !lines.some(({ text }) => END.test(text)))
      remarks.add('the file ends before its last tag: tunnels behind that place were not compared');
    for (const { line, name, kind } of associations)
      understood.push({ line, says: kind === 'wireguard' ? `WireGuard ${name}` : `phase 2 ${name}`.trim() });
    const links = interfaces(root);
    for (const { line, name, mtu } of links) understood.push({ line, says: `interface ${name}, MTU ${mtu}` });
    for (const remark of peerRemarks(associations)) remarks.add(remark);
    return {
      format: pfsenseConfig.id,
      associations,
      links,
      defaultDevices: [],
      remarks: [...remarks],
      understood,
      clamps: clampOf(root),
    };
  },
};

const off = (one: XmlElement): boolean =>
  childText(one, 'disabled') !== undefined || childText(one, 'enabled') === '0' || childText(one, 'enabled') === 'no';

function proposal(line: number, name: string, ends: readonly (string | undefined)[]): Draft<Association> {
  const [source = null, destination = null] = ends.map((end) => safeAddress(end));
  const outer = familyOf(destination) ?? familyOf(source);
  return { ...blankAssociation(line), kind: 'proposal', name: safe(name, 40), source, destination, outer };
}

/** pfSense, and the older menus of OPNsense: each cipher with each hash, a combined mode with none. */
function phase2(root: XmlElement): Association[] {
  const firsts = new Map(elementsNamed(root, 'phase1').map((one) => [childText(one, 'ikeid') ?? '', one]));
  return elementsNamed(root, 'phase2').flatMap((two): Association[] => {
    const one = firsts.get(childText(two, 'ikeid') ?? '');
    if (off(two) || (one && off(one)) || childText(two, 'protocol') === 'ah') return [];
    const natT = (one && childText(one, 'nat_traversal')) ?? '';
    const of = (name: string): XmlElement[] => two.children.filter((child) => child.name === name).slice(0, 12);
    const hashes = of('hash-algorithm-option').map(({ text }) => text.replace(/^hmac_/, ''));
    return of('encryption-algorithm-option').flatMap((cipher) => {
      const word = `${childText(cipher, 'name') ?? ''}${(childText(cipher, 'keylen') ?? '').replace('auto', '')}`;
      const beside = /gcm|chacha/.test(word) ? [null] : hashes;
      return beside.map((hash) => ({
        ...proposal(cipher.line, childText(two, 'descr') ?? '', [undefined, one && childText(one, 'remote-gateway')]),
        ...suiteWords(word, hash),
        mode: childText(two, 'mode') === 'transport' ? ('transport' as const) : ('tunnel' as const),
        natT: natT === 'force' ? true : natT === 'off' ? false : null,
      }));
    });
  });
}

const uuid = ({ attributes }: XmlElement): string => /uuid="([\w-]{1,60})"/.exec(attributes)?.[1] ?? '';

/** OPNsense, Connections. */
function swanctl(root: XmlElement, remarks: Set<string>): Association[] {
  const connections = new Map(elementsNamed(root, 'Connection').map((one) => [uuid(one), one]));
  return elementsNamed(root, 'child').flatMap((child): Association[] => {
    const list = childText(child, 'esp_proposals');
    const connection = connections.get(childText(child, 'connection') ?? '');
    if (list === undefined || off(child) || (connection && off(connection))) return [];
    const read = readProposals(list || 'default');
    for (const remark of read.remarks) remarks.add(remark);
    const end = (name: string): string | undefined => (connection && childText(connection, name))?.split(',')[0];
    const [source, destination] = [end('local_addrs'), end('remote_addrs')];
    return read.proposals.slice(0, 50).map((encr) => ({
      ...proposal(child.line, childText(child, 'description') ?? '', [source, destination]),
      encr: safe(encr, 60),
      mode: childText(child, 'mode') === 'transport' ? 'transport' : 'tunnel',
      natT: connection && childText(connection, 'encap') === '1' ? true : null,
    }));
  });
}

/** The package of pfSense (tunnels and peers), the model of OPNsense (servers and clients). */
function wireguard(root: XmlElement): Association[] {
  const rows: Association[] = [];
  const add = (name: string, line: number, endpoint: string | undefined): void => {
    const destination = safeAddress(endpoint);
    rows.push({ ...wireguardPeer(name, line), interface: name, destination, outer: familyOf(endpoint) });
  };
  for (const { children } of elementsNamed(root, 'wireguard')) {
    const part = (name: string): XmlElement[] =>
      children
        .filter((child) => child.name === name)
        .flatMap((group) => group.children)
        .filter((one) => !off(one));
    const peers = part('peers');
    for (const tunnel of part('tunnels')) {
      const name = safe(childText(tunnel, 'name') ?? '', 30);
      const own = peers.filter((peer) => childText(peer, 'tun') === name);
      for (const peer of own) add(name, peer.line, childText(peer, 'endpoint'));
      if (own.length === 0) add(name, tunnel.line, undefined);
    }
    const clients = new Map(elementsNamed({ ...root, children }, 'client').map((one) => [uuid(one), one]));
    for (const server of elementsNamed({ ...root, children }, 'server')) {
      if (childText(server, 'instance') === undefined || off(server)) continue;
      const name = safe(`wg${childText(server, 'instance')}`, 30);
      const own = (childText(server, 'peers') ?? '').split(',').flatMap((id) => clients.get(id) ?? []);
      for (const peer of own) add(name, peer.line, childText(peer, 'serveraddress'));
      if (own.length === 0) add(name, server.line, undefined);
    }
  }
  return rows;
}

/** Assigned interfaces: PPPoE has 1492 at most, others what is set. */
function interfaces(root: XmlElement): LinkReading[] {
  const [all] = elementsNamed(root, 'interfaces');
  return (all?.children ?? []).slice(0, MOST).flatMap((one): LinkReading[] => {
    const device = safe(childText(one, 'if') ?? '', 30);
    const pppoe = childText(one, 'ipaddr') === 'pppoe' || /^pppoe/.test(device);
    const said = mtuOf(childText(one, 'mtu'));
    const tunnel = /^(?:tun_wg|wg|ipsec|gif|gre|ovpn)/.test(device);
    const mtu = pppoe ? Math.min(said ?? 1492, 1492) : said;
    if (mtu === null || device === '' || (!tunnel && one.name === 'lan')) return [];
    const own = /^(?:tun_wg|wg)/.test(device) ? { owner: device } : {};
    const role = tunnel ? 'tunnel' : 'link';
    const name = tunnel ? device : one.name;
    const setMtu = (value: number): string => `Interfaces, ${one.name}: MTU ${value}`;
    return [linkDraft({ name, role, mtu, line: one.line, defaultRoute: one.name === 'wan', ...own, setMtu })];
  });
}

/** VPN: IPsec, Advanced: maximum MSS. */
function clampOf(root: XmlElement): ClampReading[] {
  const [said] = elementsNamed(root, 'maxmss');
  const mss = mtuOf(said?.text);
  return said && mss !== null && elementsNamed(root, 'maxmss_enable').length > 0
    ? [{ mss, line: said.line, owner: null, setting: 'Maximum MSS ' }]
    : [];
}
