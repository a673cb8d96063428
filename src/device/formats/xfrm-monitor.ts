import type { Event, State, Word } from './xfrm-words.js';

/** Words of one state, more than any has. */
const MOST_WORDS = 200;

/** The event that the state at `at` is printed for; null: it is new, or no monitor printed it. */
export function eventOf(words: readonly Word[], at: number): Event | null {
  const word = words[at - 1]?.text;
  if (word === 'Deleted' || word === 'Updated') return word;
  if (word !== 'Expired') return null;
  // A soft limit asks for a new SA and leaves the old one.
  for (let i = at; i < words.length && i < at + MOST_WORDS; i++) {
    if (words[i]?.text === 'hard') return words[i + 1]?.text === '1' ? 'Deleted' : 'Updated';
    if (i > at && words[i]?.text === 'src' && words[i - 1]?.line !== words[i]?.line) break;
  }
  return 'Updated';
}

/** The states that stand at the end, and how many went: each of a monitor's lines is about one moment. */
export function living(states: readonly State[]): { readonly states: readonly State[]; readonly gone: number } {
  if (states.every(({ event }) => event === null)) return { states, gone: 0 };
  const held = new Map<string, State>();
  const gone = new Set<string>();
  for (const [index, state] of states.entries()) {
    const { spi, destination } = state.draft;
    const key = spi === null ? String(index) : `${spi} ${destination}`;
    if (state.event === 'Deleted') {
      held.delete(key);
      gone.add(key);
    } else {
      held.set(key, state);
      gone.delete(key);
    }
  }
  return { states: [...held.values()], gone: gone.size };
}
