import type { Diagnosed, Placed } from '../diagnose/answer.js';

const ways = { path: 'to', peer: "to the tunnel's far end", self: 'to this very host,' } as const;

/** What is put together: of what, and what it says. Names are as given: whoever writes them makes them harmless. */
export function summaryRows({ things, fits, happens, carries }: Diagnosed): (readonly [what: string, says: string])[] {
  const figure = (value: number | null, word: string): string[] => (value === null ? [] : [`${value} ${word}`]);
  return [
    ...things.map(
      ({ name, kinds, formats }) =>
        [name === '-' ? 'standard input' : name, `${kinds.join(', ')} (${formats.join(', ')})`] as const,
    ),
    fits
      ? ([
          'fits',
          `${fits.tunnelMtu} octets, MSS ${fits.mss.ipv4}/${fits.mss.ipv6}: ${fits.says} on a link of ${fits.linkMtu}`,
        ] as const)
      : ([
          'fits',
          'not known: show the SAs or the tunnel (mtucalc import --help), or give --cipher and --wan',
        ] as const),
    ...happens.map(({ verdict, says, of }) => ['happens', `${verdict}: ${says} (${of})`] as const),
    ...carries.map(({ to, arrived, refused, ptb, verdict, way }) => {
      const known = [...figure(arrived, 'arrive'), ...figure(refused, 'are refused'), ...figure(ptb, 'was named')];
      const says = `${verdict === null ? '' : `${verdict}: `}${known.join(', ') || 'nothing proven'}`;
      return ['carries', `${ways[way]} ${to ?? 'a host'}: ${says}`] as const;
    }),
    ...(happens.length === 0 && carries.length === 0
      ? [['carries', 'not known: a capture, or ping with DF, shows it (mtucalc probe HOST measures it)'] as const]
      : []),
  ];
}

/** What is worth showing beside the cause. */
export const besides = ({ cause, findings }: Diagnosed): Placed[] =>
  findings.filter((one) => one !== cause && (one.severity !== 'info' || one.of === null));
