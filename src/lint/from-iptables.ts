import type { IptablesRule, IptablesTable } from '../config/iptables.js';
import { wordTable } from '../word-table.js';
import { matches } from './iptables-matches.js';
import { targetOf } from './iptables-targets.js';
import { type Action, type Base, chainKey, type Hook, type Rule, type Ruleset, type Test } from './ruleset.js';

const hooks: Readonly<Record<string, Hook>> = wordTable({
  PREROUTING: 'prerouting',
  INPUT: 'input',
  FORWARD: 'forward',
  OUTPUT: 'output',
  POSTROUTING: 'postrouting',
});
const priorities: Readonly<Record<string, number>> = wordTable({
  raw: -300,
  mangle: -150,
  filter: 0,
  security: 50,
  nat: 100,
});

/** The rules of iptables and ip6tables in one set; two tables of a name are told apart by their family. */
export function rulesOfIptables(tables: readonly IptablesTable[]): Ruleset {
  const chains = new Map<string, Rule[]>();
  const bases: Base[] = [];
  for (const { name, family, chains: all } of tables) {
    const table = `${name}${family}`;
    for (const chain of all.values()) {
      chains.set(
        chainKey(table, chain.name),
        chain.rules.map((rule) => ruleOf(rule, family)),
      );
      const hook = hooks[chain.name];
      if (hook === undefined) continue;
      const priority = name === 'nat' && hook === 'prerouting' ? -100 : (priorities[name] ?? 0);
      const policy = chain.policy === 'DROP' ? 'drop' : 'accept';
      bases.push({
        table,
        chain: chain.name,
        hook,
        priority,
        family,
        newOnly: name === 'nat',
        policy,
        line: chain.line,
      });
    }
  }
  return { chains, bases };
}

/** Options without a value that say nothing about which packets match. */
const silent = new Set([
  '-m',
  '--match',
  '--comment',
  '--log-prefix',
  '--log-level',
  '--nflog-group',
  '--nflog-prefix',
]);

function ruleOf({ line, text, words }: IptablesRule, family: 4 | 6): Rule {
  const tests: Test[] = [];
  const actions: Action[] = [];
  let not = false;
  let module = '';
  const policy: { way?: 'in' | 'out'; is?: boolean } = {};
  const values = (i: number, count: number): readonly string[] => words.slice(i + 1, i + 1 + count);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word === '!') {
      not = true;
      continue;
    }
    const target = /^(?:-j|--jump|-g|--goto)$/.test(word);
    if (target) {
      actions.push(...targetOf(words, i));
      // What follows belongs to the target.
      break;
    }
    if (silent.has(word)) {
      if (word === '-m' || word === '--match') module = values(i, 1)[0] ?? '';
      i++;
    } else if (word === '--dir') {
      policy.way = values(i, 1)[0] === 'in' ? 'in' : 'out';
      i++;
    } else if (word === '--pol') {
      policy.is = (values(i, 1)[0] === 'ipsec') !== not;
      i++;
    } else {
      const known = matches[word === '--mark' && module === 'connmark' ? 'connmark --mark' : word];
      if (known) {
        const test = known.test(values(i, known.takes), family);
        if (test) tests.push(not ? ({ ...test, not: true } as Test) : test);
        i += known.takes;
      } else if (word.startsWith('-') && word !== '--') {
        const takes =
          words[i + 1] !== undefined && !(words[i + 1] as string).startsWith('-') && words[i + 1] !== '!' ? 1 : 0;
        tests.push({ on: 'unknown', text: [word, ...values(i, takes)].join(' ') });
        i += takes;
      }
    }
    not = false;
  }
  if (policy.way !== undefined && policy.is !== undefined) tests.push({ on: 'ipsec', way: policy.way, is: policy.is });
  return { line, text, tests, actions };
}
