import {
  type Clamp,
  type ClearDf,
  type Facts,
  type FastPath,
  looksLikeTunnel,
  noFacts,
  place,
  type SourceNat,
} from './facts.js';
import { type ChainRule, type FlatRule, flatten, MOST } from './netfilter-rule.js';

interface Table {
  readonly name: string;
  readonly family: 4 | 6 | 0;
  readonly chains: Map<string, ChainRule[]>;
  readonly bases: { readonly chain: string; readonly hook: string }[];
}

/** `nft list ruleset`, and files written for `nft -f` with one statement a line. */
function readTables(text: string): Table[] {
  const tables: Table[] = [];
  let chain: string | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replace(/#.*$/, '').trim();
    const table = /^table\s+(?:(ip6?|inet|arp|bridge|netdev)\s+)?(\S+)\s*\{/.exec(line);
    if (table) {
      tables.push({
        name: table[2] as string,
        family: table[1] === 'ip6' ? 6 : table[1] === 'inet' ? 0 : 4,
        chains: new Map(),
        bases: [],
      });
      chain = undefined;
      continue;
    }
    const current = tables.at(-1);
    if (!current || line === '') continue;
    const opened = /^chain\s+(\S+)\s*\{/.exec(line);
    if (opened) {
      chain = opened[1] as string;
      if (!current.chains.has(chain)) current.chains.set(chain, []);
    } else if (/^(flowtable|set|map|counter|quota|ct)\s.*\{$/.test(line)) chain = undefined;
    else if (line.startsWith('}')) chain = undefined;
    else if (chain !== undefined) {
      const hook = /^type\s+\w+\s+hook\s+(\w+)/.exec(line)?.[1];
      if (hook) current.bases.push({ chain, hook });
      else
        current.chains
          .get(chain)
          ?.push({ line: index + 1, text: line, jump: /\b(?:jump|goto)\s+(\S+)/.exec(line)?.[1] });
    }
  }
  return tables;
}

/** Names behind iifname and the like: one, or a set. */
function namesAfter(text: string, words: string): string[] {
  const found = new RegExp(`\\b(?:${words})\\s+(?:\\{([^}]*)\\}|"([^"]*)"|([\\w.-]+))`).exec(text);
  if (!found || /!=/.test(found[0])) return [];
  return (found[1] ?? found[2] ?? found[3] ?? '')
    .split(',')
    .map((name) => name.trim().replaceAll('"', ''))
    .filter(Boolean);
}

const outOf = ({ matches }: FlatRule): string[] => namesAfter(matches, 'oifname|oif');
const inOf = ({ matches }: FlatRule): string[] => namesAfter(matches, 'iifname|iif');

const policyOf = ({ matches }: Pick<FlatRule, 'matches'>): 'in' | 'out' | undefined =>
  /\brt ipsec exists\b|\bipsec out\b/.test(matches)
    ? 'out'
    : /\bmeta (ipsec|secpath) exists\b|\bipsec in\b/.test(matches)
      ? 'in'
      : undefined;

/** Undefined: the matches on the way contradict each other, no packet gets here. */
function familyOf({ family, matches }: FlatRule): 4 | 6 | 0 | undefined {
  const four = family === 4 || /nfproto ipv4|\bip (saddr|daddr|protocol|length|frag-off)\b/.test(matches);
  const six = family === 6 || /nfproto ipv6|\bip6 \w+\b/.test(matches);
  return four && six ? undefined : four ? 4 : six ? 6 : 0;
}

/** The flags compared include ACK and it must be clear: `== syn`, or a mask with ack in it. */
function missesSynAck(text: string): boolean {
  if (/tcp flags == syn\b/.test(text)) return true;
  const mask =
    /tcp flags (?:&\s*)?\(([^)]*)\)\s*==\s*syn\b/.exec(text)?.[1] ??
    /tcp flags syn\s*\/\s*([\w,|\s]+?)(?=\s(?:tcp|rt|meta|ip|oif|iif|counter|jump|$)|$)/.exec(text)?.[1];
  return mask !== undefined && /\back\b/.test(mask);
}

function clampOf(rule: FlatRule): Clamp {
  const [out, into, policy] = [outOf(rule), inOf(rule), policyOf(rule)];
  const value = /maxseg size set (\S+)/.exec(rule.text)?.[1] ?? '';
  return {
    ...place(rule.line, rule.text),
    family: familyOf(rule) ?? 0,
    direction:
      policy ?? (out.length > 0 && into.length === 0 ? 'out' : into.length > 0 && out.length === 0 ? 'in' : 'both'),
    by: policy ? 'policy' : out.length + into.length > 0 ? 'interface' : 'anything',
    interfaces: [...out, ...into],
    mss: /^\d+$/.test(value) ? Number(value) : 'pmtu',
    synAck: !missesSynAck(rule.matches),
    guarded: true,
    from: /\bip6? saddr (\S+)/.exec(rule.matches)?.[1],
    to: /\bip6? daddr (\S+)/.exec(rule.matches)?.[1],
    hook: rule.hook,
  };
}

/** Flowtables, with what is accepted above them in the same hook. */
function fastPaths(rules: readonly FlatRule[]): FastPath[] {
  const spared = new Set<string>();
  return rules.flatMap((rule): FastPath[] => {
    const { hook, text, matches } = rule;
    if (/\b(accept|return)\b/.test(text)) {
      const policy = policyOf(rule);
      if (policy === 'out' || outOf(rule).some(looksLikeTunnel)) spared.add(`${hook} out`);
      if (policy === 'in' || inOf(rule).some(looksLikeTunnel)) spared.add(`${hook} in`);
    }
    if (!/\bflow (add|offload) @/.test(text)) return [];
    return [
      {
        ...place(rule.line, text),
        kind: 'flowtable',
        sparesOut: spared.has(`${hook} out`) || /rt ipsec missing/.test(matches),
        sparesIn: spared.has(`${hook} in`) || /meta (ipsec|secpath) missing/.test(matches),
      },
    ];
  });
}

export function readNft(text: string): Facts {
  const tables = readTables(text);
  const rules = tables
    .flatMap(({ name, family, chains, bases }) => flatten(chains, bases, { table: name, family }))
    .filter((rule) => familyOf(rule) !== undefined);
  const spared = new Set<string>();
  const nats = rules.flatMap((rule): SourceNat[] => {
    if (rule.hook !== 'postrouting') return [];
    if (/\b(accept|return)\b/.test(rule.text) && (policyOf(rule) === 'out' || /\bdaddr\b/.test(rule.matches)))
      spared.add(rule.table);
    if (!/\b(masquerade|snat)\b/.test(rule.text)) return [];
    const sparesIpsec = spared.has(rule.table) || /rt ipsec missing|daddr !=/.test(rule.matches);
    return [{ ...place(rule.line, rule.text), family: familyOf(rule) ?? 0, interfaces: outOf(rule), sparesIpsec }];
  });
  const esp = rules
    .filter(({ matches }) =>
      /l4proto esp|ip protocol esp|protocol 50|\besp spi|dport (\{[^}]*)?\b4?500\b/.test(matches),
    )
    .flatMap((rule) => [...inOf(rule), ...outOf(rule)]);
  const names = rules.flatMap((rule) => [...inOf(rule), ...outOf(rule)]);
  return {
    ...noFacts,
    format: 'nftables',
    truncated: rules.length >= MOST,
    clamps: rules.filter((rule) => /maxseg size set /.test(rule.text)).map(clampOf),
    nats,
    fastPaths: fastPaths(rules),
    clearDfs: rules
      .filter((rule) => /frag-off set /.test(rule.text))
      .map((rule): ClearDf => ({ ...place(rule.line, rule.text), hook: rule.hook })),
    ipsecThroughFirewall: rules
      .filter((rule) => policyOf(rule) !== undefined)
      .map(({ line, text: shown }) => place(line, shown))[0],
    policyIpsec: rules.some((rule) => policyOf(rule) !== undefined),
    wanInterfaces: [...new Set([...nats.flatMap(({ interfaces }) => interfaces), ...esp])],
    tunnelInterfaces: [...new Set(names.filter(looksLikeTunnel))],
    families: tables.some(({ family }) => family === 0)
      ? [4, 6]
      : [...new Set(tables.map(({ family }) => family as 4 | 6))],
  };
}
