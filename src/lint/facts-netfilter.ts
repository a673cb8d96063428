import { directCalls } from '../config/firewalld-direct.js';
import { readIptables } from '../config/iptables.js';
import { type NumberedLine, type ReadCount, withUnread } from '../config/lines.js';
import { readNft } from '../config/nft.js';
import { readUci } from '../config/uci.js';
import { PORT } from '../packet/ports.js';
import { type Facts, noFacts, place } from './facts.js';
import { devicesOfUci } from './facts-openwrt.js';
import { rulesOfIptables } from './from-iptables.js';
import { type HalfRead, rulesOfNft } from './from-nft.js';
import type { Hook, Rule, Ruleset } from './ruleset.js';

/** Direct rules of firewalld, which become rules of iptables. */
export const factsOfFirewalld = (text: string): Facts => ({
  ...factsOfIptables(directCalls(text)),
  format: 'firewalld',
  rulesIn: 'iptables',
});

/** What iptables-save, restore files and scripts say. */
export function factsOfIptables(text: string | readonly NumberedLine[]): Facts {
  const { tables, count } = readIptables(text);
  const ruleset = rulesOfIptables(tables);
  return {
    ...common(ruleset),
    format: 'iptables',
    count,
    hasFirewall: tables.some(({ name, chains }) => name === 'mangle' || (name === 'filter' && chains.has('FORWARD'))),
    couldClamp: tables.some(({ name }) => name === 'mangle') && tables.some(({ name }) => name === 'filter'),
    families: [...new Set(tables.map(({ family }) => family))],
  };
}

/** What `nft list ruleset` prints, files for `nft -f` and scripts say. */
export function factsOfNft(text: string): Facts {
  const { tables, count } = readNft(text);
  const { ruleset, halfRead } = rulesOfNft(tables);
  return {
    ...common(ruleset),
    format: 'nftables',
    count: halfCounted(count, halfRead),
    hasFirewall: ruleset.bases.some(({ newOnly }) => !newOnly),
    couldClamp: count.unread.length === 0 && ruleset.bases.some(({ hook, newOnly }) => hook === 'forward' && !newOnly),
    // OpenWrt's scripts set the MTU beside the rules.
    devices: /^\s*uci\s/m.test(text) ? devicesOfUci(readUci(text).sections) : [],
    families: tables.some(({ family }) => family === 'inet')
      ? [4, 6]
      : [...new Set(tables.map(({ family }) => (family === 'ip6' ? 6 : 4)))],
  };
}

/** Rules of which a condition is not known here are read in part. */
const halfCounted = (count: ReadCount, half: readonly HalfRead[]): ReadCount =>
  withUnread(
    count,
    half.map(({ line, text, word, why }) => ({
      line,
      text: place(line, text).text,
      why: why ?? `'${word.slice(0, 40)}' is not known here`,
    })),
  );

function common(ruleset: Ruleset): Omit<Facts, 'format' | 'count'> {
  const rules = hookedRules(ruleset);
  const shows = rules.find(({ rule }) => rule.tests.some((test) => test.on === 'ipsec' && test.is && !test.not));
  return {
    ...noFacts,
    ruleset,
    ipsec: { byPolicy: shows !== undefined, place: shows && place(shows.rule.line, shows.rule.text), pairs: [] },
    wanNames: [...new Set(rules.filter(({ rule }) => carriesWan(rule)).flatMap(({ rule }) => names(rule)))],
  };
}

/** Source NAT, ESP and IKE stand on the interface towards the Internet. */
const carriesWan = ({ tests, actions }: Rule): boolean =>
  actions.some(({ do: did }) => did === 'source-nat') ||
  tests.some(
    (test) =>
      (test.on === 'protocol' && !test.not && test.is.includes('esp')) ||
      (test.on === 'destination-port' &&
        test.spans.some(([low, high]) => low === high && (low === PORT.ike || low === PORT.natt))),
  );
const names = ({ tests }: Rule): string[] =>
  tests.flatMap((test) =>
    (test.on === 'in' || test.on === 'out') && !test.not ? test.names.filter((name) => !name.endsWith('*')) : [],
  );

/** A rule with the hooks its chain hangs in, by itself or by jumps. */
export interface HookedRule {
  readonly rule: Rule;
  readonly table: string;
  readonly hooks: readonly Hook[];
  /** Undefined: both. */
  readonly family: 4 | 6 | 0;
}

const MOST = 50_000;

/** Every rule that packets can meet. */
export function hookedRules({ chains, bases }: Ruleset): HookedRule[] {
  const hooks = new Map<string, Set<Hook>>();
  const families = new Map<string, 4 | 6 | 0>();
  const queue = bases.map(({ table, chain, hook, family }) => ({ table, chain, hook, family }));
  for (let i = 0; i < queue.length && i < MOST; i++) {
    const { table, chain, hook, family } = queue[i] as (typeof queue)[number];
    const key = `${table} ${chain}`;
    const known = hooks.get(key) ?? new Set();
    if (known.has(hook)) continue;
    hooks.set(key, known.add(hook));
    families.set(key, family);
    for (const { actions } of chains.get(key) ?? [])
      for (const action of actions)
        if (action.do === 'jump' || action.do === 'goto') queue.push({ table, chain: action.chain, hook, family });
  }
  return [...hooks].flatMap(([key, of]) =>
    (chains.get(key) ?? []).map((rule) => ({
      rule,
      table: key.slice(0, key.lastIndexOf(' ')),
      hooks: [...of],
      family: families.get(key) ?? 0,
    })),
  );
}
