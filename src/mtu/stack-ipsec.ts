import { MtucalcError } from '../error.js';
import { AH_FIXED, ahAlign, ahLayer } from './ah.js';
import { type EspMode, espLayer } from './esp.js';
import { shown } from './nearest.js';
import { openvpnLayer } from './openvpn.js';
import { carries, type Effects, type Walk } from './stack-walk.js';
import { type Suite, suiteName } from './suite.js';

export function addOpenvpn(walk: Walk, suite: Suite, gives: 'packet' | 'ether'): void {
  if (walk.carrier !== 'udp' && walk.carrier !== 'tcp')
    throw new MtucalcError('impossible', `OpenVPN cannot stand directly in ${carries[walk.carrier]}`);
  walk.layers.push(openvpnLayer(suite, walk.carrier));
  walk.openvpn = { family: walk.family ?? 4, over: walk.carrier };
  walk.carrier = gives;
  walk.owned = null;
}

export function addEsp(walk: Walk, suite: Suite, mode: EspMode, effects: Effects): void {
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
  if (walk.esp < 0) walk.esp = walk.layers.length;
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
}

export function addAh(walk: Walk, { ah: integ }: Suite, mode: EspMode, effects: Effects): void {
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
