import { type Detector, finding, inFrame } from '../detector.js';

/** Full segments without DF: gateways may fragment them, and PMTUD cannot work for them (RFC 1191 3). */
export const dfMissing: Detector = {
  id: 'df-missing',
  flow(flow) {
    if (flow.protocol !== 'tcp' || flow.family === 6) return [];
    return flow.directions.flatMap((direction) => {
      if (direction.largestIp < 1200 || direction.withoutDf < 10 || direction.withDf > 0 || direction.oddPtb) return [];
      return [
        finding(
          'df-missing',
          'info',
          `${direction.from} -> ${direction.to}: segments of up to ${direction.largestIp} octets go without DF: what does ` +
            'not fit is fragmented instead of announced.',
          [inFrame(direction.largestIp, direction.largestFrame, 'IP length, DF clear')],
        ),
      ];
    });
  },
};
