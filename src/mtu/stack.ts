import { MtucalcError } from '../error.js';
import { canonical } from './alias.js';
import type { Catalogue, HeaderRow } from './catalogue.js';
import { fixedLayer, limitLayer, ownHeaderLayer } from './layer.js';
import { hintFor, shown } from './nearest.js';
import { addAh, addEsp, addOpenvpn } from './stack-ipsec.js';
import type { Element } from './stack-text.js';
import { carries, type Effects, type Stack, type Walk } from './stack-walk.js';

/**
 * Checks every element against the one outside it and turns the list into layers.
 * @throws MtucalcError for a stack no network speaks, with the reason.
 */
export function buildStack(elements: readonly Element[], catalogue: Catalogue, effects: Effects = []): Stack {
  const walk: Walk = {
    carrier: 'link',
    family: null,
    owned: null,
    hasNatT: false,
    behindNatT: false,
    openvpn: null,
    esp: -1,
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
  const { layers, remarks, hasNatT, openvpn, esp } = walk;
  const headers = elements.map((element) =>
    element.kind === 'header' ? element.row.id : 'mode' in element ? `${element.kind}:${element.mode}` : element.kind,
  );
  return { layers, headers, remarks, hasEsp: esp >= 0, hasNatT, ownHeader, openvpn, esp };
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
