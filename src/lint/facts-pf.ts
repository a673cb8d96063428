import { type PfRule, readPf } from '../config/pf.js';
import { type Facts, noFacts, place } from './facts.js';
import { clampRules, type InterfaceClamp } from './interface-clamps.js';
import { mssIn } from './octets.js';

/** pf.conf of OpenBSD (`match … scrub (max-mss N)`) and FreeBSD (`scrub on IF … max-mss N`). */
export function factsOfPf(text: string): Facts {
  const { rules, count } = readPf(text);
  const clamps = rules.flatMap((rule): InterfaceClamp[] => clampsOf(rule));
  const enc = rules.find(({ words }) => words.includes('enc0'));
  return {
    ...noFacts,
    format: 'pf',
    count,
    ruleset: clampRules(clamps),
    hasFirewall: true,
    ipsec: { byPolicy: enc !== undefined, place: enc && place(enc.line, enc.text), pairs: [] },
    wanNames: rules.filter(({ words }) => words[0] === 'nat' || words.includes('nat-to')).flatMap(interfaces),
    families: rules.some(({ words }) => words.includes('inet6')) ? [4, 6] : [4],
  };
}

function interfaces({ words }: PfRule): string[] {
  const on = words.indexOf('on');
  if (on < 0) return [];
  if (words[on + 1] !== '{') return [words[on + 1] ?? ''].filter(Boolean);
  const end = words.indexOf('}', on);
  return words.slice(on + 2, end < 0 ? undefined : end).filter((word) => word !== ',');
}

function clampsOf(rule: PfRule): InterfaceClamp[] {
  const { words, line, text } = rule;
  const to = mssIn(words[words.indexOf('max-mss') + 1]);
  if (!words.includes('max-mss') || !Number.isInteger(to)) return [];
  const family = words.includes('inet6') ? 6 : words.includes('inet') ? 4 : undefined;
  const names = interfaces(rule);
  if (names.length === 0) return [{ line, text, family, to }];
  // The scrub of a rule that makes a state holds for both ways of the connection.
  return names.map((name) =>
    name === 'enc0' ? { line, text, ipsec: true, family, to } : { line, text, name, family, to },
  );
}
