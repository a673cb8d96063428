import { MtucalcError } from '../../error.js';
import type { Calculation } from '../../mtu/calculation.js';
import type { IpsecStyle } from '../../snippet/plan.js';
import { snippets } from '../../snippet/snippets.js';
import { targets } from '../../snippet/targets/index.js';
import { copyButton, el, show } from '../dom.js';
import type { Words } from '../words.js';

/** The box that prints a format, so that its tab stands open. */
const boxOf: readonly (readonly [RegExp, string])[] = [
  [/^routeros/, 'routeros'],
  [/^cisco|^ios|^asa/, 'cisco'],
  [/^fortios/, 'fortios'],
  [/^junos/, 'junos'],
  [/^vyos|^edgeos/, 'vyos'],
  [/^openwrt|^uci/, 'openwrt'],
  [/^swanctl|^ipsec|^strongswan|^charon/, 'strongswan'],
  [/^wg-/, 'wireguard'],
  [/^xfrm|^ip-/, 'nftables'],
];

/** The snippet target that suits pasted output of these formats; undefined where none is known. */
export const targetOf = (formats: readonly string[]): string | undefined =>
  formats.flatMap((format) => boxOf.find(([like]) => like.test(format))?.[1] ?? [])[0];

const shown = (value: string | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : value;
const listed = (value: string | undefined): string[] =>
  value === undefined ? [] : value.split(/[\s,]+/).filter((one) => one !== '');

/** The lines for one box, or why there are none. */
function linesFor(target: string, calculation: Calculation, words: Words): { text?: string; says?: string } {
  try {
    const choices = {
      ipsec: shown(words.ipsec) as IpsecStyle | undefined,
      tunnelIf: shown(words['tunnel-if']),
      wanIf: shown(words['wan-if']),
      lanIf: shown(words['lan-if']),
      localNets: listed(words['local-net']),
      remoteNets: listed(words['remote-net']),
      natT: words['nat-t'] === undefined ? undefined : words['nat-t'] === 'yes',
      inner: words.inner === undefined ? undefined : words.inner === '6' ? (6 as const) : (4 as const),
    };
    const { snippets: made } = snippets([target], calculation, choices, { undo: words.undo === 'yes' });
    return { text: made[0]?.text ?? '' };
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
    return { says: `${error.message}${error.hint ? `. ${error.hint}` : ''}` };
  }
}

export interface LinesState {
  readonly calculation: Calculation;
  readonly words: Words;
  readonly target: string;
}

/** Tabs of boxes, and the lines of the chosen one. `choose` is called with a target. */
export function linesView(
  tabs: HTMLElement,
  panel: HTMLElement,
  { calculation, words, target }: LinesState,
  choose: (target: string) => void,
): void {
  const buttons = targets.map(({ id, title }) => {
    const chosen = id === target;
    const button = el(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${id}`,
        'aria-selected': String(chosen),
        'aria-controls': 'lines',
        tabindex: chosen ? 0 : -1,
      },
      title,
    );
    button.addEventListener('click', () => choose(id));
    return button;
  });
  show(tabs, ...buttons);
  const { text, says } = linesFor(target, calculation, words);
  panel.setAttribute('aria-labelledby', `tab-${target}`);
  if (text === undefined) show(panel, el('p', { class: 'remark' }, says));
  else {
    show(
      panel,
      copyButton('lines', () => text),
      el('pre', { tabindex: 0, 'aria-label': 'lines to paste' }, text),
    );
  }
}

/** Arrow keys, Home and End go from tab to tab (ARIA Authoring Practices, tabs). */
export function arrowKeys(tabs: HTMLElement): void {
  tabs.addEventListener('keydown', (event) => {
    const all = [...tabs.querySelectorAll<HTMLElement>('[role=tab]')];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length]!;
    const { id } = next;
    next.click();
    document.getElementById(id)?.focus();
  });
}
