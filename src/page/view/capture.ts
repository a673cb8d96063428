import type { AnalyzedCapture } from '../../analyze/answer.js';
import type { Traced } from '../../analyze/trace.js';
import type { CalcRequest } from '../../mtu/calculation.js';
import type { Catalogue } from '../../mtu/catalogue.js';
import { byId, el, show } from '../dom.js';
import { type Readers, readers, readersText } from '../readers.js';
import type { Asked, Told } from '../worker-words.js';

/** The worker runs the page's own scripts. */
const workerUrl = (): string => {
  const sources = [byId('program').textContent ?? '', '\n', readersText()];
  return URL.createObjectURL(new Blob(sources, { type: 'text/javascript' }));
};

let url: string | undefined;
let running: Worker | undefined;

/**
 * Reads and judges a capture on a thread of its own; a second one ends the first. Answers whether it was one.
 * The readers are loaded.
 */
export function readCapture(
  place: HTMLElement,
  file: File,
  catalogue: Catalogue,
  request: CalcRequest | undefined,
): Promise<boolean> {
  running?.terminate();
  const bar = el('progress', { max: Math.max(1, file.size), 'aria-label': 'reading' });
  const stop = el('button', { type: 'button' }, 'Stop');
  show(place, el('p', {}, `Reading ${file.name} `, bar, ' ', stop));
  url ??= workerUrl();
  const worker = new Worker(url);
  running = worker;
  return new Promise((resolve) => {
    const end = (judged: boolean, shown: Node): void => {
      worker.terminate();
      if (running === worker) show(place, shown);
      resolve(judged);
    };
    stop.addEventListener('click', () => end(false, el('p', { class: 'remark' }, `${file.name}: stopped.`)));
    worker.onerror = ({ message }) => end(false, el('p', { class: 'remark problem' }, `The reader failed: ${message}`));
    worker.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.kind === 'progress') bar.value = data.octets;
      else if (data.kind === 'refused')
        end(
          false,
          el('p', { class: 'remark problem' }, `${file.name}: ${data.says}${data.hint ? `. ${data.hint}` : ''}`),
        );
      else end(true, verdictView(data.capture, data.trace));
    };
    worker.postMessage({ file, catalogue, request } satisfies Asked);
  });
}

let sheet: CSSStyleSheet | undefined;

function reportSheet({ verdictStyle }: Readers): CSSStyleSheet {
  sheet ??= new CSSStyleSheet();
  sheet.replaceSync(verdictStyle);
  return sheet;
}

/** The text of `analyze --report`, in a tree of its own so that the styles do not meet. Every text in it is escaped. */
function verdictView(capture: AnalyzedCapture, trace: Traced | undefined): HTMLElement {
  const reader = readers()!;
  const host = el('div', { id: 'verdict', 'data-verdict': capture.verdict });
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [reportSheet(reader)];
  const report = el('div', { class: 'report' });
  report.innerHTML = reader.verdictHtml(capture, trace);
  for (const scroll of report.querySelectorAll('.scroll')) scroll.setAttribute('tabindex', '0');
  root.append(report);
  return host;
}
