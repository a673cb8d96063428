import { type Detector, finding } from '../detector.js';
import { SMALL_PACKET } from '../flow/sizes.js';

/** Handshake and a small request, then silence: the view of the end to which nothing large ever came. */
export const mute: Detector = {
  id: 'mute',
  flow(flow) {
    if (flow.protocol !== 'tcp') return [];
    const [a, b] = flow.directions;
    if (a.finished || a.reset || b.finished || b.reset || flow.client === null) return [];
    if (a.mss === null || b.mss === null || a.segments > 0 === b.segments > 0) return [];
    if (Math.max(a.largestIp, b.largestIp) > SMALL_PACKET) return [];
    const asked = a.segments > 0 ? a : b;
    if (asked.outstanding > 0 || asked.gap) return [];
    return [
      finding(
        'inconclusive',
        'info',
        `${asked.from} -> ${asked.to}: the handshake and ${asked.octets} octets of data passed, then nothing more came ` +
          'either way: whether something large was lost is not in this capture.',
        [{ value: asked.largestIp, from: 'largest packet of the connection' }],
        'capture at the other end, or on both sides of the gateway (--before, --after)',
      ),
    ];
  },
};
