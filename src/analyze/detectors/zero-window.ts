import { type Detector, duration, finding } from '../detector.js';

/**
 * A receiver that shuts its window: why a transfer is slow or stands still, and nothing of the path (RFC 9293 3.8.6).
 */
export const zeroWindow: Detector = {
  id: 'zero-window',
  flow(flow) {
    return flow.directions.flatMap((direction) => {
      if (!direction.wasShut || direction.reset) return [];
      const { quiet } = flow;
      const silence = quiet ? `; the longest silence of the connection was ${duration(quiet.seconds)}` : '';
      return [
        finding(
          'zero-window',
          'info',
          `${direction.from} shut its receive window ${direction.zeroWindow ? 'and did not open it again' : 'for a time'}${silence}: its application does ` +
            'not read. That is why it is slow, and no matter of size.',
          [{ value: 0, from: `window that ${direction.from} announced` }],
          `look at the application on ${direction.from}`,
        ),
      ];
    });
  },
};
