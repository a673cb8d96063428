import type { Part } from '../../mtu/layer.js';
import { el, svgEl } from '../dom.js';

const WIDTH = 720;
const HEIGHT = 56;
/** A header of two octets is still something to point at. */
const LEAST = 13;

/** Widths to scale: the inner packet gives up what small headers need to be seen. */
export function widths(packet: readonly Part[], room = WIDTH): number[] {
  const total = packet.reduce((sum, { octets }) => sum + octets, 0);
  const fixed = packet.map(({ name, octets }) => (name === 'inner' ? 0 : Math.max(LEAST, (octets / total) * room)));
  const inner = Math.max(LEAST, room - fixed.reduce((sum, width) => sum + width, 0));
  return packet.map(({ name }, index) => (name === 'inner' ? inner : fixed[index]!));
}

const describe = ({ name, octets, source }: Part): string =>
  `${name === 'inner' ? 'inner packet' : name}: ${octets} octets${source ? `, ${source}` : ''}`;

/** The full-size packet from outside in; each part tells its name, octets and source when pointed at or focused. */
export function packetView(packet: readonly Part[]): HTMLElement {
  const said = el('p', { class: 'part', 'aria-live': 'polite' });
  const total = packet.reduce((sum, { octets }) => sum + octets, 0);
  const usual = `${packet.map(({ name, octets }) => `${name} ${octets}`).join(' · ')} = ${total} octets`;
  said.textContent = usual;
  const across = widths(packet);
  let x = 0;
  const parts = packet.map((part, index) => {
    const width = across[index]!;
    const label = `${part.name === 'inner' ? 'inner packet ' : ''}${part.octets}`;
    const group = svgEl(
      'g',
      {
        tabindex: 0,
        role: 'img',
        'aria-label': describe(part),
        class: part.name === 'inner' ? 'inner' : `p${index % 3}`,
      },
      svgEl('rect', { x, y: 1, width: Math.max(1, width - 2), height: HEIGHT - 2, rx: 3 }),
      width >= label.length * 7.5
        ? svgEl('text', { x: x + width / 2 - 1, y: HEIGHT / 2 + 5, 'text-anchor': 'middle' }, label)
        : false,
    );
    const tell = (): void => {
      said.textContent = describe(part);
    };
    const untell = (): void => {
      said.textContent = usual;
    };
    group.addEventListener('pointerenter', tell);
    group.addEventListener('focus', tell);
    group.addEventListener('pointerleave', untell);
    group.addEventListener('blur', untell);
    x += width;
    return group;
  });
  return el(
    'div',
    { class: 'packet' },
    svgEl('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'group', 'aria-label': 'The full-size packet' }, ...parts),
    said,
  );
}
