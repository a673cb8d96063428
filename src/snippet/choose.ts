import { MtucalcError } from '../error.js';
import { nearest, shown } from '../mtu/nearest.js';
import type { SnippetTarget } from './target.js';
import { targets } from './targets/index.js';

/** A target in one of its versions. */
export interface Choice {
  readonly target: SnippetTarget;
  readonly version: string;
}

/** Every word a target is known by; `aliases` before the sign keep their version: `ios-xe@…`. */
const words: ReadonlyMap<string, SnippetTarget> = new Map(
  targets.flatMap((target) => [target.id, ...(target.aliases ?? [])].map((word) => [word, target] as const)),
);

const plain = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');

/** By any of its names, or nothing. */
export const findTarget = (id: string): SnippetTarget | undefined => words.get(plain(id));

/** The nearest targets by id, vendor or product, each with the word that was near. */
function suggestion(id: string): string {
  const near = nearest(plain(id), words.keys());
  const found = new Map<string, string>();
  for (const word of near) {
    const target = words.get(word);
    if (target && !found.has(target.id)) found.set(target.id, word === target.id ? word : `${target.id} (${word})`);
  }
  return found.size > 0
    ? `did you mean ${[...found.values()].join(' or ')}?`
    : `known: ${targets.map((target) => target.id).join(', ')}`;
}

/**
 * `routeros`, an alias, or with a version `vyos@1.3`.
 * @throws MtucalcError for an unknown target or version, with the nearest.
 */
export function chosen(word: string): Choice {
  const [id = '', version, ...rest] = word.split('@');
  const target = findTarget(id);
  if (!target || rest.length > 0)
    throw new MtucalcError('unknown-name', `unknown snippet target ${shown(word)}`, suggestion(id));
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

/** Words as the user gave them, commas allowed; `all` is every target, in the version named beside it. */
export function choicesOfWords(given: readonly string[]): {
  readonly choices: readonly Choice[];
  readonly all: boolean;
} {
  const wanted = given
    .flatMap((word) => word.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (wanted.length === 0)
    throw new MtucalcError(
      'incomplete',
      'no snippet target given',
      `one or more of ${targets.map(({ id }) => id).join(', ')}, or all`,
    );
  if (!wanted.includes('all')) {
    const choices = new Map(wanted.map((word) => chosen(word)).map((one) => [`${one.target.id}@${one.version}`, one]));
    return { choices: [...choices.values()], all: false };
  }
  const named = wanted.filter((word) => word !== 'all').map(chosen);
  return {
    all: true,
    choices: targets.map((target) => named.find((one) => one.target === target) ?? chosen(target.id)),
  };
}
