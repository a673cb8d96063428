import { importPaste } from '../device/import-paste.js';
import {
  PASTE,
  type Question,
  questionLines,
  questions,
  requestFor,
  type Symptom,
  symptoms,
  wordOf,
} from '../diagnose/questions.js';
import { MtucalcError } from '../error.js';
import { linesOf } from '../io/ask.js';
import { calculate } from '../mtu/calculate.js';
import type { CalcRequest } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { chosen } from '../snippet/choose.js';
import type { Terminal } from './terminal.js';
import { visibleLine } from './visible.js';

/** What the questions came to. */
export interface Asked {
  readonly symptom: Symptom;
  readonly box: string;
  readonly request: CalcRequest;
  /** Device output, where it was pasted. */
  readonly pasted: string | undefined;
  /** The command that does the same without asking. */
  readonly line: string;
}

/** Answers that make no sense, to one question, before it is given up. */
const PATIENCE = 3;

/**
 * Asks at most four questions, those whose answers are not given, on standard error: standard output is for the answer.
 * @throws MtucalcError where the input ends, or an answer makes no sense again and again.
 */
export async function dialog(
  { stdin, stderr }: Pick<Terminal, 'stdin' | 'stderr'>,
  catalogue: Catalogue,
  given: { readonly box?: string | undefined; readonly symptom?: Symptom | undefined } = {},
): Promise<Asked> {
  if (given.box !== undefined) chosen(given.box);
  const lines = linesOf(stdin);
  const said: Record<Question['id'], string> = {
    symptom: given.symptom ?? '',
    box: given.box ?? '',
    tunnel: '',
    wan: '',
  };
  let pasted: string | undefined;
  const tell = (text: string): unknown => stderr.write(`${text}\n`);
  const answer = async (question: Question): Promise<void> => {
    tell(questionLines(question).join('\n'));
    for (let tries = 1; ; tries++) {
      stderr.write(`[${question.usual}] `);
      const typed = await lines.next();
      if (typed === undefined)
        throw new MtucalcError(
          'usage',
          'the input ended before the questions did',
          'answer with an empty line to take what is usual',
        );
      try {
        const word = wordOf(question, typed);
        if (word === undefined)
          throw new MtucalcError('usage', 'that is none of them', `a number from 1 to ${question.choices.length}`);
        if (question.id === 'tunnel' && word === PASTE) {
          tell('Paste it, then a line with a single point:');
          const text = await lines.block();
          importPaste(text, catalogue, { from: 'what was pasted', overrides: {} });
          pasted = text;
        } else check(question.id, word, said, catalogue);
        said[question.id] = word;
        return;
      } catch (error) {
        if (!(error instanceof MtucalcError) || tries === PATIENCE) throw error;
        tell(`${visibleLine(error.message)}${error.hint === undefined ? '' : `\n  ${visibleLine(error.hint)}`}`);
      }
    }
  };
  try {
    for (const question of questions) if (said[question.id] === '') await answer(question);
  } finally {
    lines.close();
  }
  const request = requestFor(said.tunnel, said.wan);
  const symptom = symptoms.find(({ word }) => word === said.symptom)!.word;
  const line = [
    `mtucalc diagnose${pasted === undefined ? '' : ' FILE'}`,
    ...(request.tunnel === undefined ? [] : [`-t ${request.tunnel}`]),
    ...(typeof request.cipher === 'string' ? [`-c ${quoted(request.cipher)}`] : []),
    `-w ${quoted(said.wan)} --box ${quoted(said.box)} --symptom ${symptom}`,
  ].join(' ');
  return { symptom, box: said.box, request, pasted, line };
}

/** @throws MtucalcError for a word that the calculator, or snippet, does not know. */
function check(
  id: Question['id'],
  word: string,
  { tunnel }: Readonly<Record<Question['id'], string>>,
  catalogue: Catalogue,
): void {
  if (id === 'box') chosen(word);
  if (id === 'tunnel') calculate(requestFor(word, 'ethernet'), catalogue);
  if (id === 'wan') calculate(tunnel === PASTE ? { tunnel: 'none', wan: word } : requestFor(tunnel, word), catalogue);
}

const quoted = (word: string): string => (/^[\w.,/+:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
