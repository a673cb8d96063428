import type { Line, Router } from './path.js';

/** What both ends together must say of a line; sizes in octets. */
export interface FarRow {
  readonly name: string;
  readonly family: 4 | 6;
  readonly links: Line['links'];
  readonly routers: readonly Router[];
  readonly there: Way;
  readonly back: Way;
  readonly clamp: string;
}

export interface Way {
  /** Null: not measured. */
  readonly pathMtu: number | null;
  readonly verdict: string | null;
  /** Hop behind which it is narrow, counted from the end that sends. */
  readonly after?: number;
  /** MSS as it arrives. */
  readonly mss?: number;
  readonly tcp?: 'passes' | 'hangs';
  readonly df?: 'kept' | 'cleared';
  readonly fragments?: 'arrive' | 'lost';
}

const wide = [1500, 1500, 1500] as const;
const fits: Way = { pathMtu: 1500, verdict: 'fits', tcp: 'passes', fragments: 'arrive' };
const hole: Way = { pathMtu: 1400, verdict: 'black-hole', tcp: 'hangs' };
/** Dropped when the second router passes it on: it has answered for its own hop before. */
const behindSecond: Way = { ...hole, after: 2 };
/** MSS of Ethernet, and two that clamps set. */
const sizes = { 4: { full: 1460, one: 1360, two: 1300 }, 6: { full: 1440, one: 1340, two: 1280 } } as const;

const clamps = (family: 4 | 6): FarRow[] => {
  const { full, one, two } = sizes[family];
  const row = (clamp: string, there: number | undefined, back: number | undefined): FarRow => ({
    name: `clamp ${clamp}`,
    family,
    links: wide,
    routers: [{ clamp: { ...(there ? { there } : {}), ...(back ? { back } : {}) } }, {}],
    there: { ...fits, mss: there ?? full },
    back: { ...fits, mss: back ?? full },
    clamp,
  });
  return [
    row('none', undefined, undefined),
    row('there', one, undefined),
    row('back', undefined, one),
    row('both', one, one),
    row('different', one, two),
  ];
};

const sized = (family: 4 | 6): FarRow[] => [
  {
    name: 'a hole there only',
    family,
    links: wide,
    routers: [{}, { drop: [{ over: 1400, way: 'there' }] }],
    there: behindSecond,
    back: fits,
    clamp: 'none',
  },
  {
    name: 'a hole back only',
    family,
    links: wide,
    routers: [{ drop: [{ over: 1400, way: 'back' }] }, {}],
    there: fits,
    back: behindSecond,
    clamp: 'none',
  },
  {
    name: 'a narrow link, and both senders are told',
    family,
    links: [1500, 1400, 1500],
    routers: [{}, {}],
    there: { pathMtu: 1400, verdict: 'pmtud-works', tcp: 'passes', after: 1 },
    back: { pathMtu: 1400, verdict: 'pmtud-works', tcp: 'passes', after: 1 },
    clamp: 'none',
  },
  {
    name: 'a narrow link, and nobody is told',
    family,
    links: [1500, 1400, 1500],
    routers: [{ ptb: false }, { ptb: false }],
    there: { ...hole, after: 1 },
    back: { ...hole, after: 1 },
    clamp: 'none',
  },
  {
    name: 'a hole there, and the clamp that would help stands in the wrong direction',
    family,
    links: wide,
    routers: [{ clamp: { there: sizes[family].one } }, { drop: [{ over: 1400, way: 'there' }] }],
    there: { ...behindSecond, mss: sizes[family].one },
    back: { ...fits, mss: sizes[family].full },
    clamp: 'there',
  },
];

const four: readonly FarRow[] = [
  {
    name: 'DF cleared there',
    family: 4,
    links: [1500, 1400, 1500],
    routers: [{ clearsDf: true }, {}],
    there: { pathMtu: 1400, verdict: 'df-cleared', df: 'cleared' },
    back: { pathMtu: 1400, verdict: 'pmtud-works' },
    clamp: 'none',
  },
  {
    name: 'DF cleared back',
    family: 4,
    links: [1500, 1400, 1500],
    routers: [{}, { clearsDf: 'back' }],
    there: { pathMtu: 1400, verdict: 'pmtud-works', df: 'kept' },
    back: { pathMtu: 1400, verdict: 'df-cleared', df: 'cleared' },
    clamp: 'none',
  },
  {
    name: 'fragments dropped there',
    family: 4,
    links: wide,
    routers: [{ drop: [{ protocol: 'fragment', way: 'there' }] }, {}],
    there: { ...fits, fragments: 'lost' },
    back: fits,
    clamp: 'none',
  },
  {
    name: 'behind a NAT',
    family: 4,
    links: [1500, 1400, 1500],
    routers: [{ nat: true }, {}],
    there: { pathMtu: 1400, verdict: 'pmtud-works', tcp: 'passes' },
    back: { pathMtu: 1400, verdict: 'pmtud-works', tcp: 'passes' },
    clamp: 'none',
  },
  {
    name: 'UDP is filtered',
    family: 4,
    links: wide,
    routers: [{ drop: [{ protocol: 'udp', way: 'there' }] }, {}],
    there: { pathMtu: null, verdict: null, tcp: 'passes', mss: 1460 },
    back: { pathMtu: null, verdict: null, tcp: 'passes', mss: 1460 },
    clamp: 'none',
  },
];

export const farRows: readonly FarRow[] = [4, 6]
  .flatMap((family) => [...clamps(family as 4 | 6), ...sized(family as 4 | 6)].map((row) => row))
  .concat(four);
