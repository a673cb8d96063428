import { catalogue } from '../../ciphers/index.js';
import type { Calculation } from '../mtu/calculation.js';
import { type Answer, answerTo, isPaste, requestOf } from './description.js';
import { byId, copyButton, el, show } from './dom.js';
import { loadReaders, readers } from './readers.js';
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
/** What a stack says itself: beside it these fields rest. */
const IN_STACK: readonly string[] = ['tunnel', 'nat-t', 'mode', 'outer'];

const field = (name: string): HTMLInputElement | HTMLSelectElement => byId<HTMLInputElement>(name);

function fill(name: string, rows: readonly { readonly id: string; readonly name: string }[], none: string): void {
  show(
    field(name),
    el('option', { value: '' }, none),
    ...rows.map(({ id, name: title }) => el('option', { value: id }, title)),
  );
}

/** The page: what its fields hold, and everything that follows from it drawn anew at each change. */
export class CalculatorPage {
  readonly #box = byId<HTMLTextAreaElement>('cipher');
  readonly #why = byId<HTMLInputElement>('identify');
  readonly #undo = byId<HTMLInputElement>('undo');
  #stack: string | undefined;
  #target: string | undefined;
  #capture: File | undefined;
  /** The paste that was last tried as a capture. */
  #textRead = '';
  /** The fields with the suite of the box, where it is one: a paste, and what is no suite, never leave the box. */
  #told: Words = {};
  #answer: Answer | undefined;
  /** What is said of a paste while nothing reads it. */
  #unread = 'Reading what was pasted';

  constructor() {
    fill('wan', catalogue.wan, 'Ethernet, or as pasted');
    fill('tunnel', catalogue.tunnels, 'IPsec, or as pasted');
    fill('impl', catalogue.implementations, 'as the RFCs say');
    byId('fields').addEventListener('input', () => this.#draw());
    this.#why.addEventListener('input', () => this.#draw());
    arrowKeys(byId('boxes'));
    this.#listenForCaptures();
    window.addEventListener('hashchange', () => this.#follow());
    this.#follow();
    // The first frame with the number in it goes before.
    requestAnimationFrame(() => setTimeout(() => void this.#load()));
  }

  /** What was pasted before the readers were there is read then. */
  async #load(): Promise<void> {
    await loadReaders().catch(({ message }: Error) => {
      this.#unread = `Pastes and captures cannot be read: ${message}`;
    });
    if (this.#answer?.kind === 'unread') this.#draw();
  }

  #follow(): void {
    const words = wordsOf(location.hash);
    this.#box.value = words.cipher ?? (words.stack || words.tunnel || words.wan ? '' : FIRST);
    for (const name of fields) field(name).value = words[name] ?? '';
    this.#why.value = words.identify ?? '';
    this.#undo.checked = words.undo === 'yes';
    this.#stack = words.stack;
    this.#target = words.target;
    this.#draw();
  }

  #fieldsSay(): Words {
    const said: Record<string, string | undefined> = {
      stack: this.#stack,
      target: this.#target,
      identify: this.#why.value.trim(),
      undo: this.#undo.checked ? 'yes' : undefined,
    };
    for (const name of fields) {
      const rests = this.#stack !== undefined && IN_STACK.includes(name);
      if (!rests) said[name] = field(name).value.trim();
    }
    return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== ''));
  }

  #draw(): void {
    const said = this.#fieldsSay();
    const built = this.#stack !== undefined;
    for (const name of IN_STACK) field(name).disabled = built;
    const reader = readers()?.importDevice;
    const answer = answerTo(built ? '' : this.#box.value, said, catalogue, reader);
    this.#answer = answer;
    const isSuite = answer.kind === 'calculated' && answer.imported === undefined && !built;
    const cipher = isSuite ? this.#box.value.trim() : '';
    const told = cipher === '' ? said : { ...said, cipher };
    this.#told = told;
    show(byId('recognised'), this.#recognised(answer));
    this.#box.toggleAttribute('aria-invalid', answer.kind === 'refused');
    if (answer.kind === 'calculated') this.#drawCalculated(answer.calculation, answer.imported?.formats);
    else this.#drawNone(answer);
    show(byId('why'), ...whyView(this.#why.value, catalogue));
    const { cipher: _, ...base } = requestOf(told);
    show(byId('compare'), ...compareView(base, catalogue, cipher || undefined));
    stackView(byId('stack'), this.#stack, cipher.split(',')[0] || FIRST, catalogue, (next) => {
      this.#stack = next;
      this.#draw();
    });
    const link = linkOf(told);
    if (link !== location.hash) history.replaceState(null, '', link || location.pathname + location.search);
  }

  #recognised(answer: Answer): string {
    if (answer.kind === 'unread') return this.#unread;
    if (answer.kind === 'refused') return `${answer.says}${answer.hint ? `; ${answer.hint}` : ''}`;
    if (answer.kind === 'number') return isPaste(this.#box.value) ? 'A line that tells an MTU.' : 'A number.';
    const { imported, calculation } = answer;
    if (this.#stack !== undefined) return `Your stack: ${this.#stack}`;
    if (imported === undefined) return calculation.described.suite ?? calculation.described.tunnel;
    const row = imported.rows[imported.limiting];
    const several = imported.rows.length > 1 ? `; it limits of ${imported.rows.length}` : '';
    return `Read as ${imported.formats.join(', ')}: ${row?.suite ?? 'tunnel'}${several}; link MTU ${imported.linkMtu} from ${imported.link}.`;
  }

  /** No number of before stays beside a description that has none. */
  #drawNone(answer: Exclude<Answer, { kind: 'calculated' }>): void {
    const without = (what: string): HTMLElement =>
      el('p', { class: 'note' }, `No ${what}: what stands above describes no tunnel.`);
    show(
      byId('numbers'),
      ...(answer.kind === 'number'
        ? [el('h3', {}, 'A number: what gives it?'), ...whyView(answer.line, catalogue)]
        : [without('number')]),
    );
    show(byId('lines'), without('lines'));
    show(byId('command'), without('command'));
    if (answer.kind === 'refused' && isPaste(this.#box.value)) void this.#readText(this.#box.value);
  }

  /** What is no device output may be a capture as text: tcpdump's lines, a box's own. */
  async #readText(text: string): Promise<void> {
    if (text === this.#textRead) return;
    this.#textRead = text;
    const place = el('div');
    if (!(await readCapture(place, new File([text], 'what was pasted'), catalogue, undefined))) return;
    if (this.#box.value !== text) return;
    show(byId('capture'), ...place.childNodes);
    show(byId('recognised'), 'Read as a capture in text: its verdict stands under “What your capture shows”.');
    this.#box.removeAttribute('aria-invalid');
  }

  /** `formats` of what was pasted; undefined: nothing was. */
  #drawCalculated(calculation: Calculation, formats: readonly string[] | undefined): void {
    const words = this.#told;
    const pasted = formats !== undefined;
    const target = this.#target ?? targetOf(formats ?? []) ?? 'routeros';
    show(byId('numbers'), ...numbersView(calculation));
    linesView(byId('boxes'), byId('lines'), { calculation, words, target }, (next) => {
      this.#target = next;
      this.#draw();
    });
    const commands = [
      ['command', argvOf(words, 'calc', pasted)],
      ['snippet command', argvOf({ ...words, target }, 'snippet', pasted)],
      ['check', argvOf(words, 'verify', pasted)],
    ] as const;
    show(
      byId('command'),
      ...commands.flatMap(([what, argv]) => [el('code', {}, commandOf(argv)), copyButton(what, () => commandOf(argv))]),
    );
  }

  #listenForCaptures(): void {
    const drop = byId('drop');
    const over = (event: Event): void => {
      event.preventDefault();
      drop.classList.add('over');
    };
    for (const kind of ['dragenter', 'dragover']) document.addEventListener(kind, over);
    for (const kind of ['dragleave', 'drop']) document.addEventListener(kind, () => drop.classList.remove('over'));
    document.addEventListener('drop', (event) => {
      event.preventDefault();
      void this.#read(event.dataTransfer?.files[0]);
    });
    const chooser = byId<HTMLInputElement>('file');
    chooser.addEventListener('change', () => void this.#read(chooser.files?.[0]));
    byId('expect').addEventListener('change', () => void this.#read(this.#capture));
  }

  async #read(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    await this.#load();
    if (readers() === undefined) {
      show(byId('capture'), el('p', { class: 'remark problem' }, this.#unread));
      return;
    }
    this.#capture = file;
    const told = this.#told;
    const described = told.cipher || told.tunnel || told.stack || told.wan || told['link-mtu'];
    const wanted = isPaste(this.#box.value) || byId<HTMLInputElement>('expect').checked;
    byId('h-capture').scrollIntoView();
    await readCapture(byId('capture'), file, catalogue, described && wanted ? requestOf(told) : undefined);
  }
}
