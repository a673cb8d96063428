import { MtucalcError } from '../../error.js';
import { shown } from '../../mtu/nearest.js';
import { WATCH_LIMITS } from './state.js';

/** A line of the file of targets: a host, and the MTU it should have where somebody knows. */
export interface WatchTarget {
  readonly target: string;
  readonly expected: number | null;
}

/** One target a line, `HOST [MTU]`; what follows a # is a remark. @throws MtucalcError with the line */
export function targetsIn(text: string, file: string): WatchTarget[] {
  const targets: WatchTarget[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const [target, expected, more] = line
      .replace(/(?:^|\s)#.*/, '')
      .split(/\s+/)
      .filter(Boolean);
    if (target === undefined) continue;
    const wrong = (what: string): MtucalcError =>
      new MtucalcError('bad-value', `${file}, line ${index + 1}: ${what}`, 'a line is HOST, or HOST and its MTU');
    if (more !== undefined) throw wrong(`${shown(more.slice(0, 40))} is not expected`);
    if (
      target.length > WATCH_LIMITS.targetLength ||
      /[\u0000-\u001f\u007f-\u009f]/.test(target) ||
      target.startsWith('-')
    )
      throw wrong(`${shown(target.slice(0, 40))} is no host`);
    if (expected !== undefined && !isMtu(expected))
      throw wrong(`${shown(expected.slice(0, 40))} is no MTU between 68 and 65535`);
    targets.push({ target, expected: expected === undefined ? null : Number(expected) });
    if (targets.length > WATCH_LIMITS.paths) throw wrong(`more than ${WATCH_LIMITS.paths} targets`);
  }
  return targets;
}

const isMtu = (text: string): boolean => /^\d{2,5}$/.test(text) && Number(text) >= 68 && Number(text) <= 65_535;
