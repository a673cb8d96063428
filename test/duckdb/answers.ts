import type { AnalyzedCapture, RefusedCapture } from '../../src/analyze/answer.js';
import type { DirectionFacts } from '../../src/analyze/flow/flow-facts.js';
import type { JudgedFlow } from '../../src/analyze/result.js';
import type { Generated } from './thousand.js';

/** A capture as `--format ndjson` tells of it, and what is known of how it was made. */
export interface Told extends Generated {
  readonly result: AnalyzedCapture | RefusedCapture;
}

type Answer = readonly Readonly<Record<string, string | number | null>>[];
const DAY = 86_400;

/** Rows of `values` that share a key, in the order of the keys' first appearance. */
function grouped<T>(values: readonly T[], keyOf: (value: T) => readonly (string | number | null)[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = JSON.stringify(keyOf(value));
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return [...groups.values()];
}
const least = (values: readonly (number | null | undefined)[]): number | null => {
  const known = values.filter((value) => typeof value === 'number');
  return known.length === 0 ? null : Math.min(...known);
};
const most = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
};
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const files = (values: readonly { readonly file: string }[]): number => new Set(values.map(({ file }) => file)).size;
/** By several keys; a `-` in front of one turns it round. Text by its octets, as DuckDB does. */
function sorted<T extends Readonly<Record<string, unknown>>>(rows: readonly T[], ...keys: readonly string[]): T[] {
  return [...rows].sort((one, other) => {
    for (const key of keys) {
      const name = key.replace('-', '');
      const [a, b] = [one[name] as number, other[name] as number];
      if (a !== b) return a < b === key.startsWith('-') ? 1 : -1;
    }
    return 0;
  });
}

interface Direction {
  readonly file: string;
  readonly site: string;
  readonly began: number;
  readonly flow: JudgedFlow;
  readonly one: DirectionFacts;
  readonly back: DirectionFacts;
  readonly client: boolean;
  readonly src: string;
  readonly dst: string;
  readonly lost: { readonly ip: number; readonly again: number; readonly frame: number } | null;
}
const address = (end: string): string => end.slice(0, end.lastIndexOf(':')).replace(/^\[|\]$/g, '');
const port = (end: string): number => Number(end.slice(end.lastIndexOf(':') + 1));

const directions = (told: readonly Told[]): Direction[] =>
  told.flatMap(({ result, file, site, began }) =>
    'error' in result
      ? []
      : result.flows.flatMap((flow) =>
          ([0, 1] as const).map((side): Direction => {
            const one = flow.directions[side];
            const { run, stall, asked } = one;
            const lost =
              run && run.count >= 2
                ? { ip: run.ip, again: run.count, frame: run.firstFrame }
                : stall && stall.to < stall.ip
                  ? { ip: stall.ip, again: stall.count, frame: stall.firstFrame }
                  : asked?.lost
                    ? { ip: asked.lost.ip, again: 0, frame: asked.lost.firstFrame }
                    : null;
            const back = flow.directions[side === 0 ? 1 : 0];
            const ends = { src: address(one.from), dst: address(one.to) };
            return { file, site, began, flow, one, back, client: flow.client === side, ...ends, lost };
          }),
        ),
  );

const findings = (told: readonly Told[]) =>
  told.flatMap(({ result, file, site, began }) =>
    'error' in result ? [] : result.findings.map(({ code, severity }) => ({ file, site, began, code, severity })),
  );

/**
 * What each query of docs/captures-at-scale.md must answer, from the commands' own values; times as seconds since 1970.
 */
export const answers: Readonly<Record<string, (told: readonly Told[], now: number) => Answer>> = {
  'Which sites show black holes this week?': (told, now) => {
    const found = findings(told).filter(
      ({ code, began }) => ['black-hole', 'black-hole-plpmtud'].includes(code) && began > now - 7 * DAY,
    );
    const rows = grouped(found, ({ site }) => [site]).map((of) => ({
      site: of[0]!.site,
      captures: files(of),
      since: least(of.map(({ began }) => began)),
    }));
    return sorted(rows, '-captures', 'site');
  },
  'What is the verdict, site by site?': (told) => {
    const rows = grouped(told, ({ site, result }) => [site, result.verdict]).map((of) => ({
      site: of[0]!.site,
      verdict: of[0]!.result.verdict,
      captures: files(of),
    }));
    return sorted(rows, 'site', '-captures', 'verdict');
  },
  'What arrives between two hosts, and what does not?': (told) => {
    const rows = grouped(directions(told), ({ src, dst }) => [src, dst]).map((of) => ({
      src_address: of[0]!.src,
      dst_address: of[0]!.dst,
      arrived: most(of.map(({ one }) => one.deliveredIp || null)),
      lost: least(of.map(({ lost }) => lost?.ip)),
      captures: files(of),
    }));
    return sorted(
      rows.filter(({ lost }) => lost !== null),
      '-captures',
      'src_address',
      'dst_address',
    );
  },
  'Which MSS do clients announce, and which do they get?': (told) => {
    const of = directions(told).filter(({ client, one }) => client && one.mss !== null);
    const rows = grouped(of, ({ site, one, back }) => [site, one.mss, back.mss]).map((same) => ({
      site: same[0]!.site,
      mss: same[0]!.one.mss,
      mss_peer: same[0]!.back.mss,
      connections: same.length,
    }));
    return sorted(rows, '-connections', 'site', 'mss', 'mss_peer');
  },
  'Who is told of a smaller MTU by a PTB, and who goes on sending more?': (told) => {
    const of = directions(told).filter(({ one }) => (one.ptb?.count ?? 0) > 0);
    const rows = grouped(of, ({ src, dst }) => [src, dst]).map((same) => ({
      src_address: same[0]!.src,
      dst_address: same[0]!.dst,
      ptb_mtu: least(same.map(({ one }) => one.ptb?.mtu)),
      ptb: sum(same.map(({ one }) => one.ptb?.count ?? 0)),
      over_ptb: sum(same.map(({ one }) => one.ptb?.overAfter ?? 0)),
      look_at: same.map(({ file }) => file).sort()[0]!,
    }));
    return sorted(rows, '-over_ptb', '-ptb', 'src_address', 'dst_address');
  },
  'Which connections are stuck, and where to look?': (told) =>
    sorted(
      directions(told).flatMap(({ file, flow, one, src, dst, lost }) =>
        flow.fate === 'stuck' && lost
          ? [
              {
                file,
                flow: flow.firstFrame,
                src_address: src,
                src_port: port(one.from),
                dst_address: dst,
                dst_port: port(one.to),
                lost: lost.ip,
                lost_again: lost.again,
                lost_frame: lost.frame,
              },
            ]
          : [],
      ),
      'file',
      'flow',
      'src_address',
    ),
  'How much is sent again, day by day?': (told) => {
    const of = directions(told).filter(({ flow }) => flow.protocol === 'tcp');
    const rows = grouped(of, ({ began }) => [Math.floor(began / DAY)]).map((same) => {
      const segments = sum(same.map(({ one }) => one.segments));
      const retransmitted = sum(same.map(({ one }) => one.retransmitted));
      const day = new Date(same[0]!.began * 1000).toISOString().slice(0, 10);
      return { day, segments, retransmitted, percent: Math.round((10_000 * retransmitted) / segments) / 100 };
    });
    return sorted(rows, 'day');
  },
  'Which problems are new since the day before yesterday?': (told, now) => {
    const of = findings(told).filter(({ severity }) => severity === 'problem');
    const rows = grouped(of, ({ site, code }) => [site, code]).map((same) => ({
      site: same[0]!.site,
      finding: same[0]!.code,
      since: Math.min(...same.map(({ began }) => began)),
    }));
    return sorted(
      rows.filter(({ since }) => since > now - 2 * DAY),
      'site',
      'finding',
    );
  },
  'Which networks take how much?': (told) => {
    const of = directions(told).filter(({ flow }) => flow.family === 4);
    const network = ({ dst }: Direction): string => `${dst.split('.').slice(0, 3).join('.')}.0/24`;
    const rows = grouped(of, (one) => [network(one)]).map((same) => ({
      network: network(same[0]!),
      arrived: most(same.map(({ one }) => one.deliveredIp || null)),
      ptb_mtu: least(same.map(({ one }) => one.ptb?.mtu)),
      lost: least(same.map(({ lost }) => lost?.ip)),
    }));
    return sorted(rows, 'network');
  },
  'Which files could not be read?': (told) =>
    sorted(
      told.flatMap(({ file, result }) =>
        'error' in result ? [{ file, error_code: result.error.code, error: result.error.message }] : [],
      ),
      'file',
    ),
};
