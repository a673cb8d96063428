import type { AnalyzedCapture } from '../../analyze/answer.js';
import type { CaptureFacts } from '../../analyze/facts.js';
import { type DirectionFacts, type FlowFacts, reverseOf } from '../../analyze/flow/flow-facts.js';
import { unpacked } from '../../analyze/flow/packed-flows.js';
import { SUSPECT_TIMEOUTS } from '../../analyze/signs/black-hole-signs.js';
import { fateOf } from '../../analyze/signs/fate.js';
import { flowsAsPrinted, nameIn } from '../../analyze/verdict/from-text.js';
import { folderOf, momentOf, ROW_VERSION } from './columns.js';
import type { FlowRow } from './flow-row.js';

/**
 * Two rows for each flow of a capture that was read with `everyFlow`, in the order they began; made as they are taken.
 */
export function* flowRows(
  { file, verdict, flowCounts }: Pick<AnalyzedCapture, 'file' | 'verdict' | 'flowCounts'>,
  { began, everyFlow, text }: Pick<CaptureFacts, 'began' | 'everyFlow' | 'text'>,
): Generator<FlowRow, void, undefined> {
  const capture = {
    schema_version: ROW_VERSION,
    file,
    folder: folderOf(file),
    capture_start: momentOf(began),
    verdict,
    capture_flows: flowCounts.tcp + flowCounts.udp,
  } as const;
  const named = text && text.names.length > 0 ? nameIn(text) : (address: string): string => address;
  for (const packed of everyFlow ? unpacked(everyFlow) : []) {
    const flow = flowsAsPrinted([packed], text)[0]!;
    const of = {
      ...capture,
      flow: flow.firstFrame,
      fate: fateOf(flow),
      protocol: flow.protocol,
      ip_version: flow.family,
      point: flow.point,
      inner: flow.inner,
      start_time: momentOf(began === null ? null : began + flow.start),
      duration_seconds: flow.seconds,
      rtt_seconds: flow.rtt,
    } as const;
    for (const side of [0, 1] as const) yield { ...of, ...rowOf(flow, side, named) };
  }
}

/** What of a row is of its direction. */
function rowOf(flow: FlowFacts, side: 0 | 1, named: (address: string) => string) {
  const { client, directions } = flow;
  const one = directions[side];
  const { ptb, oddPtb, gap } = one;
  const [src_address, src_port] = endOf(one.from);
  const [dst_address, dst_port] = endOf(one.to);
  const lost = lostOf(one);
  return {
    from_client: client === null ? null : client === side,
    src_address: named(src_address),
    src_port,
    dst_address: named(dst_address),
    dst_port,
    packets: one.packets,
    segments: one.segments,
    octets: one.octets,
    mss: one.mss,
    mss_peer: reverseOf(flow, side).mss,
    mss_frame: one.mss === null ? null : known(one.mssFrame),
    largest: known(one.largestIp),
    largest_frame: known(one.largestFrame),
    at_largest: one.atLargest,
    arrived: known(one.deliveredIp),
    lost: lost?.ip ?? null,
    lost_again: lost?.again ?? 0,
    lost_frame: lost?.frame ?? null,
    with_df: one.withDf,
    without_df: one.withoutDf,
    ptb: ptb?.count ?? 0,
    ptb_mtu: ptb?.mtu ?? null,
    ptb_frame: ptb?.firstFrame ?? null,
    over_ptb: ptb?.overAfter ?? 0,
    odd_ptb: oddPtb?.count ?? 0,
    retransmitted: one.retransmitted,
    retransmitted_full: one.retransmittedFull,
    loss_episodes: one.lossEpisodes,
    outstanding: one.outstanding,
    gap_octets: gap?.octets ?? 0,
    gap_frame: gap?.frame ?? null,
    above_mss: one.aboveMss?.count ?? 0,
    merged: one.merged?.count ?? 0,
    finished: one.finished,
    reset: one.reset,
  };
}

/** What is counted from 1 where there is any. */
const known = (value: number): number | null => (value > 0 ? value : null);

/** What did not come through, and stood still until the end before what went on. */
function lostOf({ run, stall, asked }: DirectionFacts): { ip: number; again: number; frame: number } | undefined {
  if (run && run.count >= SUSPECT_TIMEOUTS) return { ip: run.ip, again: run.count, frame: run.firstFrame };
  // Where the same size got through in the end, it was not lost.
  if (stall && stall.to < stall.ip) return { ip: stall.ip, again: stall.count, frame: stall.firstFrame };
  if (asked?.lost) return { ip: asked.lost.ip, again: 0, frame: asked.lost.firstFrame };
  return undefined;
}

/** `192.0.2.1:443` or `[2001:db8::1]:443` in its two parts. */
function endOf(end: string): [string, number] {
  const colon = end.lastIndexOf(':');
  const address = end.slice(0, colon);
  return [address.startsWith('[') ? address.slice(1, -1) : address, Number(end.slice(colon + 1))];
}
