import { MtucalcError } from '../error.js';
import { shown } from '../mtu/nearest.js';

/** What a configuration language takes as a name without any quoting. */
export interface NameRule {
  readonly language: string;
  readonly pattern: RegExp;
  /** What the pattern allows, in words. */
  readonly allows: string;
}

/** IFNAMSIZ leaves 15 octets; what a shell, nft or iptables reads specially (space + * " ' \ $ ;) stays outside. */
export const linuxInterface: NameRule = {
  language: 'a Linux configuration',
  pattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$/,
  allows: 'letters, digits, dot, hyphen and underscore, 1 to 15 characters',
};

/** The name as given, or a refusal that says where it cannot stand. A generated configuration never quotes by guess. */
export function checkedName(name: string, option: string, rule: NameRule): string {
  if (!rule.pattern.test(name)) {
    throw new MtucalcError(
      'bad-value',
      `${option} ${shown(name)} cannot be written safely into ${rule.language}`,
      `allowed: ${rule.allows}`,
    );
  }
  return name;
}
