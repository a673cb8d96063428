import { MtucalcError } from '../error.js';

/** `90`, `90s`, `30m`, `2h` as seconds, within limits. @throws MtucalcError */
export function secondsOf(option: string, word: string, least: number, most: number): number {
  const [, digits, unit = 's'] = /^(\d{1,6})([smh]?)$/.exec(word) ?? [];
  const seconds = Number(digits) * ({ s: 1, m: 60, h: 3600 }[unit || 's'] ?? 1);
  if (digits === undefined || seconds < least || seconds > most)
    throw new MtucalcError(
      'bad-value',
      `--${option} ${word} is no time between ${least}s and ${most / 3600}h`,
      'as 90s, 30m or 2h',
    );
  return seconds;
}
