import { type Detector, duration, type Found, finding, inFrame } from '../detector.js';
import { SMALL_PACKET } from '../flow/sizes.js';
import type { IkeMessage } from '../log/ike-log.js';

const UDP_HEADER = 8;
/** Sent again so often without an answer: once may be an ordinary loss. */
const LEAST_REPEATED = 2;
const LEAST_UNANSWERED = 3;

/** Names of the exchanges, RFC 7296 3.1 and RFC 2408 3.1. */
const exchanges: Readonly<Record<number, string>> = {
  2: 'Main Mode',
  4: 'Aggressive Mode',
  32: 'Quick Mode',
  34: 'IKE_SA_INIT',
  35: 'IKE_AUTH',
  36: 'CREATE_CHILD_SA',
  37: 'INFORMATIONAL',
};

/** Those whose answer may hold certificates. */
const certificates: readonly number[] = [2, 4, 35];

/**
 * IKE messages that are sent again and never answered: in IP fragments the fragments are dropped, mostly by a firewall
 * or NAT.
 */
export const ikeFragments: Detector = {
  id: 'ike-fragments',
  capture(capture) {
    return capture.ike.flatMap((message) => {
      const { from, to, count, fragmented, response, octets } = message;
      const name = `${exchanges[message.exchange] ?? `IKE exchange ${message.exchange}`}${response ? ' response' : ''}`;
      const evidence = [
        inFrame(octets, message.firstFrame, 'length in the IKE header'),
        inFrame(count, message.lastFrame, 'last of them'),
      ];
      // A response is sent again because the request is: its own fragments did not get through.
      if (fragmented >= LEAST_REPEATED && !message.answered) {
        return [
          finding(
            'ike-fragments',
            'problem',
            `${from} -> ${to}: ${name} of ${octets + UDP_HEADER} octets and its IP header went out in IP fragments ${count} times ` +
              `in ${duration(message.lastTime - message.firstTime)} and was never answered: fragments are dropped on the way.`,
            evidence,
            'IKE fragmentation on both sides (RFC 7383: `fragmentation = yes` in swanctl.conf, `set ike fragmentation enable` and the like), ' +
              'or smaller certificates: ECDSA, no chain',
          ),
        ];
      }
      if (!response && fragmented === 0 && count >= LEAST_UNANSWERED && !message.answered)
        return [unanswered(message, name, evidence, wasHeard(message, capture.ike))];
      return [];
    });
  },
};

/** Whether the peer had answered before: it is there, and speaks IKE. */
const wasHeard = ({ from, to, firstFrame }: IkeMessage, all: readonly IkeMessage[]): boolean =>
  all.some((one) => one.from === to && one.to === from && one.firstFrame < firstFrame);

function unanswered(
  { from, to, exchange, octets, count }: IkeMessage,
  name: string,
  evidence: ReturnType<typeof inFrame>[],
  heard: boolean,
): Found {
  const says = `${from} -> ${to}: ${name} of ${octets} octets was sent ${count} times without IP fragments and never answered`;
  if (!heard) {
    const size = octets + UDP_HEADER <= SMALL_PACKET ? ' No matter of size.' : '';
    return finding(
      'ike-unanswered',
      'info',
      `${says}: the peer does not speak IKE there, or a filter drops it.${size}`,
      evidence,
    );
  }
  if (!certificates.includes(exchange)) {
    return finding(
      'ike-unanswered',
      'info',
      `${says}, although ${to} had answered before: it is gone, or its answers do not get here.`,
      evidence,
    );
  }
  return finding(
    'ike-unanswered',
    'info',
    `${says}, although ${to} had answered before: either this one does not get there, or the answer, which with certificates is ` +
      'far larger and comes in IP fragments, does not get back. Which of the two is not in this capture.',
    evidence,
    `look at the log of ${to}, or capture there; IKE fragmentation on both sides (RFC 7383) and smaller certificates avoid fragments`,
  );
}
