/** Text and elements, nothing that is parsed as markup: what comes from outside stays text. */
export type Child = Node | string | number | false | null | undefined;

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

function filled<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const child of children) {
    if (child !== false && child !== null && child !== undefined) element.append(child as Node | string);
  }
  return element;
}

export const el = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] => filled(document.createElement(tag), attributes, children.map(asText));

const asText = (child: Child): Child => (typeof child === 'number' ? String(child) : child);

export const svgEl = (tag: string, attributes: Attributes = {}, ...children: readonly Child[]): SVGElement =>
  filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children.map(asText));

/** The element of the page's own markup with this id. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found as E;
}

/** Replaces what an element holds. */
export const show = (place: Element, ...children: readonly Child[]): void => {
  place.replaceChildren();
  filled(place, {}, children.map(asText));
};

/** A table with a head; the first column heads its row. */
export function table(head: readonly string[], rows: readonly (readonly Child[])[], caption?: string): HTMLElement {
  const body = rows.map(([first, ...rest]) =>
    el('tr', {}, el('th', { scope: 'row' }, first ?? ''), ...rest.map((cell) => el('td', {}, cell))),
  );
  return el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption ?? head.join(', ') },
    el(
      'table',
      {},
      caption ? el('caption', {}, caption) : false,
      el('thead', {}, el('tr', {}, ...head.map((cell) => el('th', { scope: 'col' }, cell)))),
      el('tbody', {}, ...body),
    ),
  );
}

/** A button that copies and says so. */
export function copyButton(what: string, text: () => string): HTMLButtonElement {
  const button = el('button', { type: 'button', class: 'copy' }, `Copy ${what}`);
  button.addEventListener('click', async () => {
    const said = await navigator.clipboard.writeText(text()).then(
      () => 'Copied',
      () => 'Not allowed: select the text',
    );
    button.textContent = said;
    setTimeout(() => {
      button.textContent = `Copy ${what}`;
    }, 1500);
  });
  return button;
}
