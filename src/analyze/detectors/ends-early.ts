import { type Detector, duration, type Found, finding, inFrame } from '../detector.js';
import type { FlowFacts } from '../flow/flow-facts.js';
import { hostName } from '../signs/elsewhere.js';
import { explainsStandstill } from '../signs/explained.js';
import { fateOf } from '../signs/fate.js';
import { type Unfinished, unfinished } from '../signs/unfinished.js';

/**
 * The capture ends before it can tell of a connection: no all-clear where that is a retransmission, or true of half of the
 * connections and more; at the end of a busy capture some have only just begun.
 */
export const endsEarly: Detector = {
  id: 'ends-early',
  capture(capture, found) {
    if (explainsStandstill(found)) return [];
    const all = capture.flows.filter(({ protocol }) => protocol === 'tcp');
    const open = all.flatMap((flow) => {
      const what = fateOf(flow) === 'stuck' ? undefined : unfinished(flow, capture);
      return what ? [{ flow, what }] : [];
    });
    const most = open.length * 2 >= all.length;
    return open.flatMap(({ flow, what }) => {
      const counts =
        what.kind === 'resent' ||
        what.kind === 'missing' ||
        (what.kind === 'young' ? open.length === all.length : most);
      if (what.kind === 'young' && !counts) return [];
      return [say(flow, what, counts ? 'inconclusive' : 'ends-early')];
    });
  },
};

function say(flow: FlowFacts, what: Unfinished, code: string): Found {
  const after = duration(flow.seconds + flow.idle);
  const asker = flow.directions[flow.client ?? 0];
  const ends = `${asker.from} -> ${asker.to}`;
  const fix = `record until the transfer stands still or is over, ${flow.client === null ? '' : `at ${hostName(asker.from)} if it can be, `}and \`mtucalc probe\` measures the path`;
  if (what.kind === 'handshake')
    return finding(
      code,
      'info',
      `${ends}: the capture ends with the handshake; not one octet of data, large or small, was seen.`,
      [inFrame(asker.mss ?? 0, asker.mssFrame, 'MSS option')],
      fix,
    );
  if (what.kind === 'young') {
    const sizes = flow.directions.map(({ from, to, deliveredIp }) =>
      deliveredIp > 0
        ? `${deliveredIp} octets arrived ${from} -> ${to}`
        : `nothing is known to have arrived ${from} -> ${to}`,
    );
    return finding(
      code,
      'info',
      `${ends}: the capture ends ${after} after the SYN, within three round trips: ` +
        `${sizes.join(', ')}; what transfers hang at comes later.`,
      [],
      fix,
    );
  }
  if (what.kind === 'missing') {
    const { from, to, gap } = what.direction;
    return finding(
      code,
      'info',
      `${from} -> ${to}: the capture ends with ${what.octets} octets missing in front of a packet of ${gap!.behindIp}.`,
      [inFrame(what.octets, gap!.frame, 'octets missing before this sequence number')],
      fix,
    );
  }
  const { direction, arrived } = what;
  const { from, to, largestIp, largestFrame, retransmitted } = direction;
  return finding(
    code,
    'info',
    `${from} -> ${to}: the capture ends before a packet of ${largestIp} octets is acknowledged` +
      `${retransmitted > 0 ? `, ${retransmitted === 1 ? 'one was' : `${retransmitted} were`} sent again` : ''}; ` +
      `${arrived > 0 ? `the largest known to arrive has ${arrived}` : 'nothing with data is known to have arrived'}.`,
    [
      inFrame(largestIp, largestFrame, 'largest packet sent'),
      ...(arrived > 0 ? [{ value: arrived, from: 'largest packet that arrived between these hosts' }] : []),
    ],
    fix,
  );
}
