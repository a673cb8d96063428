import { MtucalcError } from '../../error.js';
import type { Catalogue } from '../../mtu/catalogue.js';
import { identify } from '../../mtu/identify.js';
import { observedIn } from '../../mtu/observed.js';
import { type Child, el, table } from '../dom.js';

const MOST = 8;

/** What gives a number: "my tunnel shows 1422, why?". */
export function whyView(text: string, catalogue: Catalogue): Child[] {
  if (text.trim() === '') return [];
  const observed = observedIn(text);
  if (observed === undefined)
    return [el('p', { class: 'remark' }, `There is no number of octets in that; for example 1422.`)];
  try {
    const { readings, known, notes } = identify(observed, catalogue);
    return [
      ...known.map(({ value, says, source }) =>
        el('p', { class: 'known' }, el('strong', {}, value), ` ${says}. `, el('small', {}, source)),
      ),
      ...readings
        .filter(({ matches }) => matches.length > 0)
        .map(({ as, tunnelMtu, matches }) =>
          table(
            ['tunnel', 'suite', 'NAT-T', 'outside', 'WAN'],
            matches
              .slice(0, MOST)
              .map(({ tunnel, suites, natT, outer, wan, linkMtu, mode }) => [
                mode === null ? tunnel : `${tunnel}, ${mode} mode`,
                suites.length > 2
                  ? `${suites.slice(0, 2).join(', ')} and ${suites.length - 2} more`
                  : suites.join(', ') || '–',
                natT === null ? '–' : natT ? 'yes' : 'no',
                outer === null ? '–' : `IPv${outer}`,
                `${wan} ${linkMtu}`,
              ]),
            `${as}${tunnelMtu === null ? '' : `: tunnel MTU ${tunnelMtu}`}${matches.length > MOST ? `, ${MOST} of ${matches.length} shown` : ''}`,
          ),
        ),
      ...notes.map((says) => el('p', { class: 'note' }, says)),
    ];
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
    return [el('p', { class: 'remark' }, error.message)];
  }
}
