/** Cell of the pictures, SVG units: what a monospaced face of this size takes. */
const FONT = 14;
const WIDE = 8.43;
const HIGH = 18;
const MARGIN = 16;

/** SGR numbers that the program uses, as colours on the dark ground of a terminal. */
const paints: Readonly<Record<number, string>> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  36: '#76e3ea',
};

interface Style {
  readonly bold: boolean;
  readonly dim: boolean;
  readonly colour: string | undefined;
}
const PLAIN: Style = { bold: false, dim: false, colour: undefined };

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function turned(style: Style, code: number): Style {
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 39) return { ...style, colour: undefined };
  return code === 0 ? PLAIN : { ...style, colour: paints[code] ?? style.colour };
}

/** One line as pieces of one style, each at its own column, so that no face can move what stands behind it. */
function lineSvg(line: string, row: number, style: Style): { readonly svg: string; readonly style: Style } {
  let now = style;
  let column = 0;
  let svg = '';
  for (const [, code, text = ''] of line.matchAll(/\u001b\[(\d+)m|([^\u001b]+)/g)) {
    if (code !== undefined) {
      now = turned(now, Number(code));
      continue;
    }
    const look = [
      now.colour ? ` fill="${now.colour}"` : '',
      now.bold ? ' font-weight="bold"' : '',
      now.dim ? ' opacity="0.65"' : '',
    ].join('');
    const cells = [...text].length;
    // A viewer may draw several blanks as one: words far from each other stand each at their own place.
    for (const { 0: words, index } of text.matchAll(/\S+(?: \S+)*/g)) {
      const at = column + [...text.slice(0, index)].length;
      const taken = [...words].length * WIDE;
      svg += `<tspan x="${(MARGIN + at * WIDE).toFixed(1)}" textLength="${taken.toFixed(1)}"${look}>${escaped(words)}</tspan>`;
    }
    column += cells;
  }
  return { svg: svg === '' ? '' : `<text y="${MARGIN + FONT + row * HIGH}">${svg}</text>\n`, style: now };
}

/** What a terminal of `columns` shows after a command, as a picture that needs nothing fetched. */
export function terminalSvg(command: string, printed: string, columns: number): string {
  const lines = [`\u001b[2m$ \u001b[22m\u001b[1m${command}\u001b[22m`, ...printed.trimEnd().split('\n')];
  const width = Math.ceil(2 * MARGIN + columns * WIDE);
  const height = 2 * MARGIN + lines.length * HIGH;
  let style = PLAIN;
  const rows = lines.map((line, row) => {
    const drawn = lineSvg(line, row, style);
    style = drawn.style;
    return drawn.svg;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(command)}</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT}" fill="#e6edf3">
${rows.join('')}</g>
</svg>
`;
}

/** A page without script as a picture: the page itself, in a frame of this size. */
export function pageSvg(html: string, width: number, height: number): string {
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  const title = /<title>([\s\S]*?)<\/title>/.exec(html)?.[1] ?? '';
  const body = /<body>([\s\S]*?)<\/body>/.exec(html)?.[1] ?? '';
  // SVG is XML: an element without content is closed, and no name of HTML alone is known.
  const xml = body
    .replace(/<(wbr|br|hr|img)([^>]*?)\/?>/g, '<$1$2/>')
    .replaceAll('&nbsp;', '&#160;')
    .replaceAll('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${title}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<foreignObject width="100%" height="100%">
<div xmlns="http://www.w3.org/1999/xhtml" class="page">
<style>/*<![CDATA[*/${style.replace(/\b(?:html|body|:root)\b(?=[\s,{])/g, '.page')}/*]]>*/</style>
${xml}
</div>
</foreignObject>
</svg>
`;
}
