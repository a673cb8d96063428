import type { Finding } from '../../finding.js';
import { finding, plural } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import type { PairedFlow } from './paired-flows.js';

/** Whether the two captures are what `--before` and `--after` mean: both filled, of two points, the inner one first. */
export function pairFindings(before: CaptureFacts, after: CaptureFacts, pairs: readonly PairedFlow[]): Finding[] {
  const empty = [before, after].findIndex(({ frames }) => frames === 0);
  if (empty >= 0) {
    return [
      finding(
        'capture-empty',
        'warning',
        `The ${empty === 0 ? 'first' : 'second'} capture holds no frame: there is nothing to compare.`,
        [{ value: 0, from: `frames ${empty === 0 ? 'before' : 'after'}` }],
        'see whether the interface and the capture filter were right',
      ),
    ];
  }
  if (isSame(before, after) && pairs.every(isUntouched)) {
    return [
      finding(
        'captures-same',
        'warning',
        'Both captures hold the same packets at the same moments: nothing lies between them.',
        [{ value: before.frames, from: 'frames in each' }],
        'give the capture of the inner side as --before and that of the outer side as --after',
      ),
    ];
  }
  if (isEncryptedSide(before, after, pairs)) return [swapped('the encrypted packets are in the first')];
  const turned = pairs.filter(({ translated }) => translated);
  const inwards = ({ directions: [client] }: PairedFlow): boolean =>
    isPrivate(client.after.from) && !isPrivate(client.before.from) && client.before.to === client.after.to;
  if (turned.length > 0 && turned.every(inwards)) return [swapped('the translated addresses are in the first')];
  return [];
}

/**
 * The capture that should be the outer one holds clear connections, the other nothing but encrypted packets of them.
 */
export const isEncryptedSide = (before: CaptureFacts, after: CaptureFacts, pairs: readonly PairedFlow[]): boolean =>
  pairs.length === 0 && before.tunnels.length > 0 && after.tunnels.length === 0 && after.tcpFlows > 0;

/** No connection of the one is in the other. */
export const nothingInCommon = (before: CaptureFacts, after: CaptureFacts, why = ''): Finding =>
  finding(
    'no-common-flow',
    'warning',
    `No connection of the first capture was found in the second${why}.`,
    [
      { value: before.tcpFlows, from: 'TCP connections before' },
      { value: after.tcpFlows, from: 'TCP connections after' },
    ],
    'capture both points at the same time, with the handshakes',
  );

export const translation = (count: number): Finding =>
  finding(
    'translated',
    'info',
    `${plural(count, 'connection')} changed address or port between the two points (NAT), and ` +
      `${count === 1 ? 'was' : 'were'} known again by ${count === 1 ? 'its' : 'their'} sequence numbers.`,
    [{ value: count, from: 'connections with other ends' }],
  );

const swapped = (why: string): Finding =>
  finding(
    'captures-swapped',
    'warning',
    `The captures seem to be swapped: ${why}, which should be that of the inner side.`,
    [{ value: '--before', from: 'the inner side (LAN); --after is the outer side (WAN)' }],
    'run it again with --before and --after the other way round',
  );

/** Two points never see the same packets after the same time, to the microsecond. */
function isSame(before: CaptureFacts, after: CaptureFacts): boolean {
  const { frames, seconds } = before;
  if (frames !== after.frames || seconds !== after.seconds || seconds === 0) return false;
  return before.sizes.every((count, size) => count === after.sizes[size]);
}

const isUntouched = ({ translated, directions }: PairedFlow): boolean =>
  !translated &&
  directions.every(
    ({ before, after }) =>
      before.mss === after.mss &&
      before.synTtl === after.synTtl &&
      before.withDf === after.withDf &&
      before.largestFrame === after.largestFrame,
  );

/** RFC 1918 and RFC 6598: addresses that a NAT hides. */
const isPrivate = (end: string): boolean =>
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(end);
