import { MtucalcError } from '../error.js';
import { hintFor, shown } from '../mtu/nearest.js';
import type { ClampPlan } from './plan.js';
import type { SnippetTarget } from './target.js';
import { targets } from './targets/index.js';

/** One box's configuration, ready to be printed or saved. */
export interface Snippet {
  readonly target: string;
  readonly title: string;
  readonly version: string | null;
  readonly fileName: string;
  readonly comment: string;
  readonly text: string;
}

/** What was asked for by `all` and cannot be made, and why. */
export interface LeftOut {
  readonly target: string;
  readonly reason: string;
}

interface Choice {
  readonly target: SnippetTarget;
  readonly version: string;
}

/** `routeros`, or with a version `vyos@1.3`. */
function chosen(word: string): Choice {
  const [id = '', version, ...rest] = word.split('@');
  const target = targets.find((candidate) => candidate.id === id.toLowerCase());
  if (!target || rest.length > 0) {
    throw new MtucalcError(
      'unknown-name',
      `unknown snippet target ${shown(word)}`,
      hintFor(
        id,
        targets.map((candidate) => candidate.id),
      ),
    );
  }
  const versions = target.versions ?? [];
  if (version !== undefined && !versions.includes(version)) {
    throw new MtucalcError(
      'unknown-name',
      `${target.id} has no version ${shown(version)}`,
      versions.length > 0
        ? `${target.id}@${versions.join(`, ${target.id}@`)}`
        : `${target.id} alone serves every version`,
    );
  }
  return { target, version: version ?? versions[0] ?? '' };
}

/** Words as the user gave them, commas allowed; `all` is every target and leaves out what cannot be made. */
export function emit(
  words: readonly string[],
  plan: ClampPlan,
  undo = false,
): { readonly snippets: Snippet[]; readonly leftOut: LeftOut[] } {
  const wanted = words
    .flatMap((word) => word.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const all = wanted.includes('all');
  const choices = all
    ? [...targets.map(({ id }) => chosen(wanted.find((word) => word.split('@')[0] === id) ?? id))]
    : [...new Set(wanted)].map(chosen);
  if (choices.length === 0)
    throw new MtucalcError(
      'incomplete',
      'no snippet target given',
      `one or more of ${targets.map(({ id }) => id).join(', ')}, or all`,
    );
  const snippets: Snippet[] = [];
  const leftOut: LeftOut[] = [];
  for (const { target, version } of choices) {
    try {
      const text = undo ? target.undo(plan, version) : target.render(plan, version);
      snippets.push({
        target: target.id,
        title: target.title,
        version: version || null,
        fileName: target.fileName,
        comment: target.comment,
        text,
      });
    } catch (error) {
      if (!all || !(error instanceof MtucalcError)) throw error;
      leftOut.push({ target: target.id, reason: `${error.message}${error.hint ? ` (${error.hint})` : ''}` });
    }
  }
  return { snippets, leftOut };
}

/** Several snippets one after the other, each under a header in its own language. */
export const joined = (snippets: readonly Snippet[]): string =>
  snippets.length === 1
    ? (snippets[0] as Snippet).text
    : snippets
        .map(({ comment, title, fileName, text }) => `${comment} ===== ${title}: ${fileName} =====\n${text}`)
        .join('\n');
