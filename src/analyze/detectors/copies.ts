import { type Detector, finding, plural } from '../detector.js';

/** So many of all data segments are here twice that it is no accident. */
const LEAST_SHARE = 0.3;
const LEAST = 10;

/** Frames that are here twice: a mirror of both sides of a router, or several devices of one host. */
export const copies: Detector = {
  id: 'copies',
  capture({ flows }) {
    const directions = flows.flatMap((flow) => flow.directions);
    const twice = directions.reduce((sum, { duplicates }) => sum + duplicates, 0);
    const segments = directions.reduce((sum, one) => sum + one.segments, 0);
    if (twice < LEAST || twice < (twice + segments) * LEAST_SHARE) return [];
    return [
      finding(
        'frames-twice',
        'info',
        `${plural(twice, 'data segment')} of ${twice + segments} ${twice === 1 ? 'is a copy' : 'are copies'} of one already here: the file shows packets at more than ` +
          'one place without saying which (a mirror port, `-i any`). Copies are left out of all counts of losses.',
        [{ value: twice, from: 'copies by IP identification, sequence number and checksum' }],
        'capture on one interface, or each into a file of its own (--before, --after)',
      ),
    ];
  },
};
