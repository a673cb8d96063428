import type { UnreadLine } from '../config/lines.js';
import type { PathStatement } from '../config/paths.js';
import { MtucalcError } from '../error.js';
import { parseRange } from './addresses.js';
import { place } from './facts.js';
import type { InterfaceClamp } from './interface-clamps.js';
import { mssIn } from './octets.js';
import type { Test } from './ruleset.js';

const MOST = 1000;

/** `policy route NAME rule N set tcp-mss`: what comes in by the interfaces the policy is bound to. */
export function policyRouteClamps(statements: readonly PathStatement[]): {
  clamps: InterfaceClamp[];
  unread: UnreadLine[];
} {
  const clamps: InterfaceClamp[] = [];
  const unread: UnreadLine[] = [];
  const policies = statements.filter(({ path }) => path[0] === 'policy');
  const binding = statements.filter(({ path }) => path.includes('policy') || path[3] === 'interface');
  const setting = policies.filter(({ path }) => path[5] === 'set' && path[6] === 'tcp-mss');
  if (setting.length > MOST)
    throw new MtucalcError('too-many', `${setting.length} policy rules that set the MSS, ${MOST} at most`);
  for (const { path, line, text } of setting) {
    const [top, kind = '', name = '', rule, id = '', set, option, mss] = path;
    if (top !== 'policy' || !/^route6?$/.test(kind) || rule !== 'rule' || set !== 'set' || option !== 'tcp-mss')
      continue;
    const own = policies.filter((other) => other.path[1] === kind && other.path[2] === name && other.path[4] === id);
    const tests = own.flatMap(({ path: words }): Test[] => {
      if (words[6] !== 'address' || (words[5] !== 'source' && words[5] !== 'destination')) return [];
      const range = parseRange((words[7] ?? '').replace(/^!/, ''));
      const on = words[5] === 'source' ? 'from' : 'to';
      return range
        ? [{ on, set: [range], not: (words[7] ?? '').startsWith('!') }]
        : [{ on: 'unknown', text: words.slice(5).join(' ') }];
    });
    const bound = boundTo(binding, kind, name);
    const family = kind === 'route' ? 4 : 6;
    const to = mssIn(mss);
    for (const on of bound)
      if (Number.isInteger(to)) clamps.push({ line, text, name: on, ways: ['in'], family, to, tests });
    if (bound.length === 0)
      unread.push({
        line,
        text: place(line, text).text,
        why: `policy ${kind} ${name} is bound to no interface in this file`,
      });
  }
  return { clamps, unread };
}

function boundTo(statements: readonly PathStatement[], kind: string, name: string): string[] {
  return statements.flatMap(({ path }) => {
    if (path[0] === 'policy' && path[1] === kind && path[2] === name && path[3] === 'interface') return [path[4] ?? ''];
    const at = path.indexOf('policy');
    if (path[0] !== 'interfaces' || at < 0 || path[at + 1] !== kind || path[at + 2] !== name) return [];
    return [path[3] === 'vif' ? `${path[2]}.${path[4]}` : (path[2] ?? '')];
  });
}
