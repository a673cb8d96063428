import { MtucalcError } from '../error.js';
import type { Facts } from './facts.js';
import { factsOfIptables, factsOfNft } from './facts-netfilter.js';
import { factsOfRouteros } from './facts-routeros.js';
import { factsOfSwanctl } from './facts-swanctl.js';

interface ConfigurationFormat {
  readonly id: string;
  readonly title: string;
  /** Lines that only this format has. */
  readonly sign: RegExp;
  read(text: string): Facts;
}

/** The registry: one line for each format. */
export const formats: readonly ConfigurationFormat[] = [
  {
    id: 'iptables',
    title: 'iptables-save',
    sign: /^\s*(\*(mangle|filter|nat|raw|security)\s*$|(sudo\s+)?(\S*\/)?(ip6?|ip46)tables(-legacy|-nft)?\s+-|(\[\d+:\d+\]\s*)?-A (FORWARD|POSTROUTING|PREROUTING|INPUT|OUTPUT) |:(FORWARD|INPUT|OUTPUT|PREROUTING|POSTROUTING) (ACCEPT|DROP))/,
    read: factsOfIptables,
  },
  {
    id: 'nftables',
    title: 'nft list ruleset',
    sign: /^\s*(table (ip6? |inet |arp |bridge |netdev )?\S+ \{|chain \S+ \{|type \w+ hook \w+ |(sudo\s+)?(\S*\/)?nft\s+(add|insert|create|flush|delete|'|")|(add|insert|create|flush|destroy) (table|chain|rule|set|map|ruleset)\b|define \w+ =|flush ruleset)/,
    read: factsOfNft,
  },
  {
    id: 'routeros',
    title: 'RouterOS export',
    sign: /^\s*(\[[^\]]*\] *[^>]*> *)?(\/(ip|ipv6|interface|ppp|system|queue|routing)([ /]|$)|(add|set) .*\b(action|chain)=|\d+\s+([A-Z]+\s+)?(;;;|chain=)|chain=\w+ action=)/,
    read: factsOfRouteros,
  },
  {
    id: 'swanctl',
    title: 'swanctl.conf',
    sign: /^\s*(connections|secrets|pools|authorities|children)\s*\{|^\s*(esp_proposals|remote_addrs|local_addrs|remote_ts|local_ts|copy_df)\s*=/,
    read: factsOfSwanctl,
  },
];

const LONGEST_LINE = 20_000;

/** Reads a configuration; without a format the one whose signs are most frequent. */
export function readConfiguration(text: string, format?: string): Facts {
  const long = text.split('\n').findIndex((line) => line.length > LONGEST_LINE);
  if (long >= 0)
    throw new MtucalcError(
      'too-many',
      `line ${long + 1} has more than ${LONGEST_LINE} characters`,
      'is this a configuration?',
    );
  const chosen = formats.find(({ id }) => id === format);
  if (format !== undefined && !chosen)
    throw new MtucalcError(
      'unknown-name',
      `unknown format '${format.slice(0, 40)}'`,
      `one of ${formats.map(({ id }) => id).join(', ')}`,
    );
  if (chosen) return chosen.read(text);
  const lines = text.split(/\r?\n/);
  const counted = formats.map((candidate) => ({
    candidate,
    lines: lines.filter((line) => candidate.sign.test(line)).length,
  }));
  const best = counted.reduce((a, b) => (b.lines > a.lines ? b : a));
  if (best.lines === 0)
    throw new MtucalcError(
      'not-recognised',
      'this is none of the configurations lint knows',
      `${formats.map(({ id, title }) => `${id} (${title})`).join(', ')}; --from-format says which`,
    );
  return best.candidate.read(text);
}
