import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pageSvg, terminalSvg } from '../../scripts/terminal-svg.js';

/** Tags that open and close as XML wants it; '' where they do. */
function fault(xml: string): string {
  const open: string[] = [];
  for (const [tag, closing, name = '', self] of xml
    .replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '')
    .matchAll(/<(\/?)([A-Za-z][\w-]*)[^>]*?(\/?)>/g)) {
    if (self) continue;
    if (!closing) open.push(name);
    else if (open.pop() !== name) return tag;
  }
  return open.join(' ');
}

describe('a terminal as a picture', () => {
  test('each word at its column, colours and weight as printed, markup escaped', () => {
    const svg = terminalSvg('mtucalc x', 'a\u001b[31m<b>\u001b[39m  \u001b[1mc\u001b[22m', 80);
    expect(fault(svg)).toBe('');
    expect(svg).toContain('fill="#ff7b72">&lt;b&gt;</tspan>');
    // Column 6: one letter, three, two blanks.
    expect(svg).toContain(`<tspan x="${(16 + 6 * 8.43).toFixed(1)}" textLength="8.4" font-weight="bold">c</tspan>`);
  });
  test('colour goes on in the next line', () => {
    expect(terminalSvg('x', '\u001b[36ma\nb\u001b[39m\nc', 80).match(/fill="#76e3ea"/g)).toHaveLength(2);
  });
  test('a page: its own style, elements closed', () => {
    const html =
      '<html><head><title>t</title><style>body{color:red}</style></head><body><p>a<wbr>b</p><svg viewBox="0 0 1 1"></svg></body></html>';
    const svg = pageSvg(html, 10, 10);
    expect(fault(svg)).toBe('');
    expect(svg).toContain('.page{color:red}');
  });
  const folder = new URL('../../docs/pictures/', import.meta.url);
  test.for(readdirSync(folder).filter((name) => name.endsWith('.svg')))(
    'docs/pictures/%s is whole and fetches nothing',
    (name) => {
      const svg = readFileSync(new URL(name, folder), 'utf8');
      expect(fault(svg)).toBe('');
      expect(svg.replace(/xmlns="[^"]*"/g, '')).not.toMatch(/https?:|href=|<script|url\(/);
    },
  );
});
