import { MtucalcError } from '../error.js';
import { shown } from '../mtu/nearest.js';
import { pieceReporterOf, reporterOf } from '../report/index.js';
import type { PieceKind, Pieces } from '../report/values.js';
import type { Answer, Outcome, PieceAnswer } from './command.js';
import { lookOf, type Terminal } from './terminal.js';

/** The one place where an answer leaves the program. */
export async function writeAnswer(
  { kind, value, shows, out, also }: Answer,
  format: string,
  terminal: Terminal,
): Promise<void> {
  const look = { ...lookOf(terminal), ...(shows ? { shows } : {}) };
  const textIn = async (name: string): Promise<string> => {
    const reporter = await reporterOf(kind, name);
    if (!reporter) throw new MtucalcError('usage', `${kind} has no format ${shown(name)}`);
    return reporter(value as never, look);
  };
  const text = await textIn(format);
  if (out) await out(text);
  else if (text !== '') terminal.stdout.write(text);
  if (also) await also.save(await textIn(also.format));
}

/** How the pieces of an answer are written. */
interface Writing {
  readonly format: string;
  readonly terminal: Terminal;
  rewritten<T>(value: T): T;
  /** Nobody reads what is written: the rest is left. */
  isClosed(): boolean;
}

/** An answer that comes piece by piece, each written as it comes; all at once where the format needs the whole. */
export async function writePieces(
  { kind, pieces, together, outcome, out }: PieceAnswer,
  { format, terminal, rewritten, isClosed }: Writing,
): Promise<Outcome> {
  const reporter = await pieceReporterOf(kind, format);
  const look = lookOf(terminal);
  const kept: Pieces[PieceKind][] = [];
  let written = 0;
  for await (const piece of pieces) {
    const shownPiece = rewritten(piece);
    const text = reporter?.piece(shownPiece, look, written) ?? '';
    if (!reporter) kept.push(shownPiece);
    if (text === '') continue;
    terminal.stdout.write(text);
    written++;
    if (isClosed()) return outcome();
  }
  if (reporter) {
    const end = reporter.end(written);
    if (end !== '') terminal.stdout.write(end);
  } else {
    // Kind, pieces and value belong together, which the union does not say.
    const value = together(kept as never);
    await writeAnswer({ kind, value, ...(out ? { out } : {}) } as Answer, format, terminal);
  }
  return outcome();
}
