import type { Catalogue } from '../../mtu/catalogue.js';
import { el, show } from '../dom.js';

const DEFAULT = 'ipv4/natt/esp:aes256-sha256';

/** The elements of a stack, outermost first. */
export const elementsOf = (stack: string): string[] =>
  stack.split('/').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));

/** The list with element `at` moved by one, taken out, or followed by another one. */
export function changed(
  elements: readonly string[],
  at: number,
  what: 'up' | 'down' | 'out' | { add: string },
): string[] {
  const copy = [...elements];
  if (typeof what === 'object') copy.splice(at + 1, 0, what.add);
  else if (what === 'out') copy.splice(at, 1);
  else {
    const to = what === 'up' ? at - 1 : at + 1;
    if (to < 0 || to >= copy.length) return copy;
    [copy[at], copy[to]] = [copy[to]!, copy[at]!];
  }
  return copy;
}

/** A free stack by buttons: each layer moves out, in, or goes; `tell` is called with the stack. */
export function stackView(
  place: HTMLElement,
  stack: string | undefined,
  suite: string,
  catalogue: Catalogue,
  tell: (stack: string | undefined) => void,
): void {
  const elements = elementsOf(stack ?? DEFAULT);
  const told = (next: readonly string[], focus?: string): void => {
    tell(next.length === 0 ? undefined : next.join('/'));
    if (focus !== undefined) document.getElementById(focus)?.focus();
  };
  const move = (at: number, what: 'up' | 'down' | 'out', sign: string, says: string): HTMLElement => {
    const id = `stack-${what}-${at}`;
    const button = el('button', { type: 'button', id, 'aria-label': `${says} ${elements[at]}` }, sign);
    const landing =
      what === 'out'
        ? Math.max(0, at - 1)
        : what === 'up'
          ? Math.max(0, at - 1)
          : Math.min(elements.length - 1, at + 1);
    button.addEventListener('click', () => told(changed(elements, at, what), `stack-${what}-${landing}`));
    return button;
  };
  const choices = [`esp:${suite}`, `esp:${suite}:transport`, ...catalogue.headers.map(({ id }) => id)];
  const chosen = document.querySelector<HTMLSelectElement>('#stack-new')?.value;
  const picker = el(
    'select',
    { id: 'stack-new', 'aria-label': 'header to add inside' },
    ...choices.map((id) => el('option', { selected: id === chosen }, id)),
  );
  const add = el('button', { type: 'button', id: 'stack-add' }, 'Add inside');
  add.addEventListener('click', () => told(changed(elements, elements.length - 1, { add: picker.value }), 'stack-add'));
  const use = el(
    'button',
    { type: 'button', id: 'stack-use' },
    stack === undefined ? 'Use this stack' : 'Back to the tunnel above',
  );
  use.addEventListener('click', () => told(stack === undefined ? elements : [], 'stack-use'));
  show(
    place,
    el(
      'ol',
      { class: 'stack', 'aria-label': 'stack, outermost first' },
      ...elements.map((name, at) =>
        el(
          'li',
          {},
          el('code', {}, name),
          move(at, 'up', '↑', 'outwards:'),
          move(at, 'down', '↓', 'inwards:'),
          move(at, 'out', '×', 'take out'),
        ),
      ),
    ),
    el('p', {}, picker, ' ', add, ' ', use),
    el('p', { class: 'note' }, `--stack ${elements.join('/')}`),
  );
}
