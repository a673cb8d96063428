import { catalogue } from '../../ciphers/index.js';
import type { Calculation } from '../mtu/calculation.js';
import { type Answer, answerTo, isPaste, requestOf } from './description.js';
import { byId, copyButton, el, show } from './dom.js';
import { readCapture } from './view/capture.js';
import { compareView } from './view/compare.js';
import { arrowKeys, linesView, targetOf } from './view/lines.js';
import { numbersView } from './view/numbers.js';
import { stackView } from './view/stack.js';
import { whyView } from './view/why.js';
import { argvOf, commandOf, linkOf, type Words, wordsOf } from './words.js';

/** Fields whose id is the option's name. */
const fields = [
  'wan',
  'nat-t',
  'outer',
  'tunnel',
  'link-mtu',
  'inner',
  'mode',
  'impl',
  'tfc',
  'ipsec',
  'tunnel-if',
  'wan-if',
  'lan-if',
  'local-net',
  'remote-net',
] as const;
const FIRST = 'aes256-sha256';

const box = byId<HTMLTextAreaElement>('cipher');
const why = byId<HTMLInputElement>('identify');
const undo = byId<HTMLInputElement>('undo');
const field = (name: string): HTMLInputElement | HTMLSelectElement => byId<HTMLInputElement>(name);

let stack: string | undefined;
let target: string | undefined;
let capture: File | undefined;

fill('wan', catalogue.wan, 'Ethernet, or as pasted');
fill('tunnel', catalogue.tunnels, 'IPsec, or as pasted');
fill('impl', catalogue.implementations, 'as the RFCs say');

function fill(name: string, rows: readonly { readonly id: string; readonly name: string }[], none: string): void {
  show(
    field(name),
    el('option', { value: '' }, none),
    ...rows.map(({ id, name: title }) => el('option', { value: id }, title)),
  );
}

/** What the fields say; what stands in the box is told only where it was read as a suite. */
function words(): Words {
  const said: Record<string, string | undefined> = {
    stack,
    target,
    identify: why.value.trim(),
    undo: undo.checked ? 'yes' : undefined,
  };
  for (const name of fields) said[name] = field(name).value.trim();
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== ''));
}

function take(told: Words): void {
  box.value = told.cipher ?? (told.stack || told.tunnel || told.wan ? '' : FIRST);
  for (const name of fields) field(name).value = told[name] ?? '';
  why.value = told.identify ?? '';
  undo.checked = told.undo === 'yes';
  stack = told.stack;
  target = told.target;
}

/** The fields with the suite of the box, where it is one: a paste, and what is no suite, never leave the box. */
let told: Words = {};

function draw(): void {
  const fieldsSay = words();
  const free = { ...fieldsSay, tunnel: undefined, mode: undefined, 'nat-t': undefined };
  const answer = stack === undefined ? answerTo(box.value, fieldsSay, catalogue) : answerTo('', free, catalogue);
  const suiteSaid = answer.kind === 'calculated' && answer.imported === undefined && stack === undefined;
  const cipher = suiteSaid ? box.value.trim() : '';
  const said = cipher === '' ? fieldsSay : { ...fieldsSay, cipher };
  told = said;
  show(byId('recognised'), recognised(answer));
  box.toggleAttribute('aria-invalid', answer.kind === 'refused');
  if (answer.kind === 'calculated') drawCalculated(answer.calculation, said, answer.imported?.formats ?? []);
  if (answer.kind === 'number') {
    show(
      byId('numbers'),
      el('h3', {}, 'A number: what gives it?'),
      ...whyView(box.value, catalogue).filter((one) => one instanceof Node),
    );
  }
  show(byId('why'), ...whyView(why.value, catalogue));
  const suite = cipher === '' ? undefined : cipher;
  const { cipher: _, ...base } = requestOf(said);
  show(byId('compare'), ...compareView(base, catalogue, suite));
  stackView(byId('stack'), stack, suite?.split(',')[0] ?? FIRST, catalogue, (next) => {
    stack = next;
    draw();
  });
  const link = linkOf(said);
  if (link !== location.hash) history.replaceState(null, '', link === '' ? location.pathname + location.search : link);
}

function recognised(answer: Answer): string {
  if (answer.kind === 'refused') return `${answer.says}${answer.hint ? `. ${answer.hint}` : ''}`;
  if (answer.kind === 'number') return 'A number.';
  const { imported, calculation } = answer;
  if (imported === undefined)
    return stack === undefined ? (calculation.described.suite ?? calculation.described.tunnel) : `Your stack: ${stack}`;
  const row = imported.rows[imported.limiting];
  const several = imported.rows.length > 1 ? `; it limits of ${imported.rows.length}` : '';
  return `Read as ${imported.formats.join(', ')}: ${row?.suite ?? 'tunnel'}${several}; link MTU ${imported.linkMtu} from ${imported.link}.`;
}

function drawCalculated(calculation: Calculation, said: Words, formats: readonly string[]): void {
  show(byId('numbers'), ...numbersView(calculation));
  const chosen = target ?? targetOf(formats) ?? 'routeros';
  linesView(byId('boxes'), byId('lines'), { calculation, words: said, target: chosen }, (next) => {
    target = next;
    draw();
  });
  const command = commandOf(argvOf(said));
  show(
    byId('command'),
    el('code', {}, command),
    copyButton('command', () => command),
    el('code', {}, commandOf(argvOf({ ...said, target: chosen }, 'snippet'))),
    copyButton('snippet command', () => commandOf(argvOf({ ...said, target: chosen }, 'snippet'))),
    el('code', {}, commandOf(argvOf(said, 'verify'))),
  );
}

async function drawCapture(file: File): Promise<void> {
  capture = file;
  const said = told;
  const request =
    said.cipher || said.tunnel || said.stack || said.wan || said['link-mtu'] ? requestOf(said) : undefined;
  await readCapture(
    byId('capture'),
    file,
    catalogue,
    isPaste(box.value) || byId<HTMLInputElement>('expect').checked ? request : undefined,
  );
}

const drop = byId('drop');
for (const kind of ['dragenter', 'dragover'] as const)
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
for (const kind of ['dragleave', 'drop'] as const) document.addEventListener(kind, () => drop.classList.remove('over'));
document.addEventListener('drop', (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file) void drawCapture(file);
});
byId<HTMLInputElement>('file').addEventListener('change', (event) => {
  const file = (event.target as HTMLInputElement).files?.[0];
  if (file) void drawCapture(file);
});
byId('expect').addEventListener('change', () => {
  if (capture) void drawCapture(capture);
});

byId('fields').addEventListener('input', draw);
why.addEventListener('input', draw);
arrowKeys(byId('boxes'));
window.addEventListener('hashchange', () => {
  take(wordsOf(location.hash));
  draw();
});
take(wordsOf(location.hash));
draw();
