import { type Detector, finding } from '../detector.js';

/** The file holds less of each frame than was on the wire; sizes are still those of the wire. */
export const snapped: Detector = {
  id: 'snapped',
  capture(capture) {
    if (capture.snapped === 0) return [];
    return [
      finding(
        'snapped',
        'info',
        `${capture.snapped} of ${capture.frames} frames were cut by the snap length; sizes are taken from the IP headers, ` +
          'so that they are not affected.',
        [{ value: capture.snapped, from: 'frames with fewer octets captured than sent' }],
      ),
    ];
  },
};
