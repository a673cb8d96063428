import { MtucalcError } from '../error.js';
import { AH_FIXED, ahAlign, ahLayer } from './ah.js';
import { canonical } from './alias.js';
import type { Carrier, Catalogue, Effect, HeaderRow } from './catalogue.js';
import { type EspMode, espLayer } from './esp.js';
import { fixedLayer, type Layer, limitLayer, ownHeaderLayer } from './layer.js';
import { hintFor, shown } from './nearest.js';
import { openvpnLayer } from './openvpn.js';
import type { Element } from './stack-text.js';
import { type Suite, suiteName } from './suite.js';

export interface Stack {
  readonly layers: readonly Layer[];
  /** Headers that were put in because nothing else is legal there, in words. */
  readonly remarks: readonly string[];
  readonly hasEsp: boolean;
  readonly hasNatT: boolean;
  /** True where the innermost packet keeps its own header outside (transport mode with nothing inside). */
  readonly ownHeader: 4 | 6 | null;
  /** Set where OpenVPN carries the packet: what is around it. */
  readonly openvpn: OpenvpnOutside | null;
}

export interface OpenvpnOutside {
  readonly family: 4 | 6;
  readonly over: 'udp' | 'tcp';
}

/** What differs from the RFC optimum, from `--impl`. */
export type Effects = readonly Effect[];

interface Walk {
  carrier: Carrier;
  family: 4 | 6 | null;
  /** Set while the payload belongs to a packet whose header stands outside. */
  owned: 4 | 6 | null;
  hasEsp: boolean;
  hasNatT: boolean;
  /** Set while the IP header outside is one that UDP encapsulation carries across NAT. */
  behindNatT: boolean;
  openvpn: OpenvpnOutside | null;
  readonly layers: Layer[];
  readonly remarks: string[];
}

const carries: Record<Carrier, string> = {
  link: 'a link',
  ip: 'an IP header',
  udp: 'a UDP header',
  tcp: 'a TCP header',
  tls: 'a TLS record',
  natt: 'UDP encapsulation',
  gre: 'GRE',
  ether: 'a header that carries Ethernet',
  packet: 'a tunnel that carries IP packets',
  ppp: 'PPP',
};

/**
 * Checks every element against the one outside it and turns the list into layers.
 * @throws MtucalcError for a stack no network speaks, with the reason.
 */
export function buildStack(elements: readonly Element[], catalogue: Catalogue, effects: Effects = []): Stack {
  const walk: Walk = {
    carrier: 'link',
    family: null,
    owned: null,
    hasEsp: false,
    hasNatT: false,
    behindNatT: false,
    openvpn: null,
    layers: [],
    remarks: [],
  };
  for (const element of elements) {
    if (element.kind === 'header') addHeader(walk, element.row, element.options, catalogue, effects);
    else if (element.kind === 'esp') addEsp(walk, element.suite, element.mode, effects);
    else if (element.kind === 'openvpn') addOpenvpn(walk, element.suite, element.gives);
    else addAh(walk, element.suite, element.mode, effects);
  }
  const ownHeader = finish(walk, catalogue, effects);
  const { layers, remarks, hasEsp, hasNatT, openvpn } = walk;
  return { layers, remarks, hasEsp, hasNatT, ownHeader, openvpn };
}

function addHeader(
  walk: Walk,
  row: HeaderRow,
  options: readonly string[],
  catalogue: Catalogue,
  effects: Effects,
): void {
  // An IP packet may stand wherever IP packets are carried.
  if (!row.on.includes(walk.carrier)) {
    const under = row.implies ? catalogue.headers.find(({ id }) => id === row.implies) : undefined;
    if (!under || under === row || !under.on.includes(walk.carrier)) {
      throw new MtucalcError(
        'impossible',
        `${row.name} cannot stand directly in ${carries[walk.carrier]}`,
        `it rides on ${row.on.map((on) => carries[on]).join(' or ')} (${row.source})`,
      );
    }
    walk.remarks.push(`${under.name} (${under.octets} octets) put under ${row.name}: it has no other carrier`);
    addHeader(walk, under, [], catalogue, effects);
  }
  if (row.family !== undefined && walk.family !== row.family) {
    throw new MtucalcError(
      'impossible',
      `${row.name} exists in IPv${row.family} only (${row.source})`,
      `put it behind ipv${row.family}`,
    );
  }
  if (row.id.startsWith('openvpn') && (walk.carrier === 'udp' || walk.carrier === 'tcp'))
    walk.openvpn = { family: walk.family ?? 4, over: walk.carrier };
  let { octets } = row;
  const asked = new Set(options.map(canonical));
  for (const effect of effects)
    if (effect.kind === 'header-option' && effect.header === row.id) asked.add(effect.option);
  const sources = [row.source];
  for (const option of asked) {
    const known = row.options && Object.hasOwn(row.options, option) ? row.options[option] : undefined;
    if (!known) {
      throw new MtucalcError(
        'unknown-name',
        `${row.name} has no option ${shown(option)}`,
        row.options ? hintFor(option, Object.keys(row.options)) : `${row.name} takes no options`,
      );
    }
    octets += known.octets;
    if (!sources.includes(known.source)) sources.push(known.source);
  }
  const name = asked.size > 0 ? `${row.name} with ${[...asked].join(', ')}` : row.name;
  walk.layers.push(fixedLayer(name, octets, sources.join('; '), row.part ?? row.name));
  if (row.most !== undefined) walk.layers.push(limitLayer(`${row.name}: ${row.most} at most`, row.most, row.source));
  if (row.remark && !walk.remarks.includes(row.remark)) walk.remarks.push(row.remark);
  if (row.id === 'ipv4') walk.family = 4;
  if (row.id === 'ipv6') walk.family = 6;
  walk.hasNatT ||= row.gives === 'natt';
  walk.carrier = row.gives;
  if (row.gives !== 'natt' && !row.extension) walk.owned = null;
  if (row.gives === 'natt') walk.behindNatT = true;
  else if (/^ipv[46]$/.test(row.id)) walk.behindNatT = false;
}

function addOpenvpn(walk: Walk, suite: Suite, gives: 'packet' | 'ether'): void {
  if (walk.carrier !== 'udp' && walk.carrier !== 'tcp')
    throw new MtucalcError('impossible', `OpenVPN cannot stand directly in ${carries[walk.carrier]}`);
  walk.layers.push(openvpnLayer(suite, walk.carrier));
  walk.openvpn = { family: walk.family ?? 4, over: walk.carrier };
  walk.carrier = gives;
  walk.owned = null;
}

function addEsp(walk: Walk, suite: Suite, mode: EspMode, effects: Effects): void {
  const { encr, integ } = suite;
  if (!encr) throw new MtucalcError('impossible', `${shown(suite.text)} is AH, not ESP`, 'write it as ah:…');
  if (walk.carrier !== 'ip' && walk.carrier !== 'natt') {
    throw new MtucalcError(
      'impossible',
      mode === 'transport'
        ? 'transport-mode ESP has no IP header to own here (RFC 4303 §3.1.1)'
        : 'tunnel-mode ESP has no IP header outside it (RFC 4303 §3.1.2)',
      'put ipv4 or ipv6 before it, as in ipv4/esp:aes256-sha256',
    );
  }
  const pad = effects.find((effect) => effect.kind === 'pad' && effect.encr === encr.id);
  const block = pad?.kind === 'pad' ? pad.block : encr.block;
  const icv = encr.icv + (encr.kind === 'cipher' ? (integ?.icv ?? 0) : 0);
  const sources = [
    'RFC 4303 §2',
    encr.source,
    ...(encr.kind === 'cipher' && integ && integ.icv > 0 ? [integ.source] : []),
  ];
  walk.layers.push(
    espLayer({
      name: `ESP ${suiteName({ ...suite, ah: null })}, ${mode} mode`,
      block,
      iv: encr.iv,
      icv,
      source: sources.join('; '),
    }),
  );
  enter(walk, mode);
  walk.hasEsp = true;
}

function addAh(walk: Walk, { ah: integ }: Suite, mode: EspMode, effects: Effects): void {
  if (!integ || integ.icv === 0)
    throw new MtucalcError('incomplete', 'AH needs an integrity algorithm', 'for example ah:sha256');
  if (walk.carrier === 'natt' || (walk.behindNatT && walk.carrier === 'ip')) {
    throw new MtucalcError(
      'impossible',
      'AH cannot cross NAT: its ICV covers the addresses, and RFC 3948 §1 encapsulates ESP only',
      'take NAT-T or AH away',
    );
  }
  if (walk.carrier !== 'ip') {
    throw new MtucalcError(
      'impossible',
      `AH has no IP header outside it (RFC 4302 §3.1)`,
      'put ipv4 or ipv6 before it, as in ipv4/ah:sha256',
    );
  }
  const family = walk.family ?? 4;
  const quirk = effects.find((effect) => effect.kind === 'ah-align' && effect.family === family);
  const align = quirk?.kind === 'ah-align' ? quirk.align : ahAlign(family);
  // AES-GMAC's IV travels in AH's ICV field (RFC 4543 §4): it stands in the row's ICV already.
  walk.layers.push(
    ahLayer(
      `AH ${integ.name}, ${mode} mode`,
      integ.icv,
      align,
      `RFC 4302 §2 (${AH_FIXED} octets + ICV); ${integ.source}`,
    ),
  );
  enter(walk, mode);
}

function enter(walk: Walk, mode: EspMode): void {
  walk.owned = mode === 'transport' ? (walk.owned ?? walk.family) : null;
  if (mode === 'tunnel') walk.behindNatT = false;
  walk.carrier = mode === 'transport' ? 'ip' : 'packet';
}

function finish(walk: Walk, catalogue: Catalogue, effects: Effects): 4 | 6 | null {
  const { carrier } = walk;
  if (carrier === 'ether' || carrier === 'ppp') {
    const row = catalogue.headers.find(({ id }) => id === (carrier === 'ether' ? 'eth' : 'ppp'));
    if (row) {
      walk.remarks.push(`${row.name} (${row.octets} octets) put inside: the header before it carries nothing else`);
      addHeader(walk, row, [], catalogue, effects);
    }
  }
  if (walk.carrier === 'natt')
    throw new MtucalcError('impossible', 'UDP encapsulation carries ESP only (RFC 3948 §2.1)', 'put esp:… after natt');
  if (walk.carrier === 'udp' || walk.carrier === 'tcp' || walk.carrier === 'tls') {
    throw new MtucalcError(
      'incomplete',
      `${walk.carrier.toUpperCase()} at the end of the stack carries no IP packet`,
      'name what it carries: vxlan, wireguard, openvpn, l2tp, sstp …',
    );
  }
  if (walk.owned === null) return null;
  const row = catalogue.headers.find(({ id }) => id === `ipv${walk.owned}`);
  if (!row) return null;
  walk.layers.push(ownHeaderLayer(`own ${row.name} header, counted outside`, row.octets, 'RFC 4303 §3.1.1'));
  return walk.owned;
}
