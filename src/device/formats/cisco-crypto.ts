import { type Association, blankAssociation, familyOf, type Line, type SaMode, type Understood } from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { suiteWords } from './algorithm-words.js';

/** One suite that a transform set or proposal offers. */
export interface CiscoSuite {
  readonly cipher: string;
  readonly hash: string | null;
  readonly mode: SaMode | null;
  readonly line: number;
}

/** What a configuration of IOS or ASA says about IPsec, interfaces left aside. */
export interface CiscoCrypto {
  /**
   * By the name of the set or proposal; an IKEv2 proposal of ASA offers each of its ciphers with each of its hashes.
   */
  readonly sets: ReadonlyMap<string, readonly CiscoSuite[]>;
  /** Names of the sets of each `crypto ipsec profile`. */
  readonly profiles: ReadonlyMap<string, readonly string[]>;
  readonly maps: readonly CryptoMap[];
}

/** What an IKEv2 proposal of ASA lists. */
interface Offered {
  readonly ciphers: string[];
  readonly hashes: string[];
}

interface CryptoMap {
  readonly name: string;
  readonly line: number;
  readonly peer: string | null;
  readonly sets: readonly string[];
}

/** Lines that only a configuration (or `show`) of transform sets, proposals and crypto maps has. */
export const CISCO_CRYPTO =
  /^\s*(?:crypto ipsec (?:ikev[12] )?(?:transform-set|ipsec-proposal|profile) |Transform set \S+: \{|Crypto Map (?:IPv[46] )?"|\S+:\s+\{ esp-)/;

const SET = /^crypto ipsec (?:ikev1 )?transform-set (\S+) (.+)$/;
/** `show crypto ipsec transform-set` and `show crypto map`. */
const SHOWN = /^(?:Transform set )?(\S+):\s+\{ (.*esp-.*?)\s*\}/;
const PROPOSAL = /^crypto ipsec ikev2 ipsec-proposal (\S+)/;
const MAP = /^crypto map (\S+) (\d+)\s*(.*)$/;
const MAP_SHOWN = /^Crypto Map (?:IPv[46] )?"([^"]{1,60})" (\d+)/;
const USES = /^set (?:(?:ikev1 )?transform-set|ikev2 ipsec-proposal) (.+)$/;
const MOST = 500;

/** Transform sets, proposals, profiles and crypto maps, in the order of the text. */
export function readCrypto(lines: readonly Line[], understood: Understood[]): CiscoCrypto {
  const sets = new Map<string, CiscoSuite[]>();
  const profiles = new Map<string, string[]>();
  const maps = new Map<string, { name: string; line: number; peer: string | null; sets: string[] }>();
  let block: readonly [kind: 'set' | 'proposal' | 'profile' | 'map' | '', name: string] = ['', ''];
  let offered: Offered = { ciphers: [], hashes: [] };
  for (const { text, number } of lines) {
    const line = text.trim();
    const set = SET.exec(line) ?? SHOWN.exec(line);
    if (set) {
      const [, name = '', words = ''] = set;
      if (/^mode /.test(words)) transport(sets, name, words);
      else if (sets.size < MOST) {
        sets.set(name, [suiteOf(words, number, line.startsWith('crypto') ? 'tunnel' : null)]);
        understood.push({ line: number, says: `transform-set ${safe(name, 40)}` });
      }
      if (block[0] === 'map' && !line.startsWith('crypto')) maps.get(block[1])?.sets.push(name);
      else block = ['set', name];
      continue;
    }
    const proposal = PROPOSAL.exec(line)?.[1];
    if (proposal !== undefined && sets.size < MOST) {
      offered = { ciphers: [], hashes: [] };
      sets.set(proposal, []);
      block = ['proposal', proposal];
      understood.push({ line: number, says: `ipsec-proposal ${safe(proposal, 40)}` });
      continue;
    }
    const part = /^protocol esp (encryption|integrity) (.+)$/.exec(line);
    if (part && block[0] === 'proposal') {
      offered[part[1] === 'encryption' ? 'ciphers' : 'hashes'].push(...(part[2] as string).split(/\s+/).slice(0, 12));
      sets.set(block[1], combined(offered, number));
      continue;
    }
    const profile = /^crypto ipsec profile (\S+)/.exec(line)?.[1];
    const map = MAP.exec(line) ?? MAP_SHOWN.exec(line);
    if (profile !== undefined) block = ['profile', profile];
    else if (map && maps.size < MOST) {
      const name = `${map[1]} ${map[2]}`;
      if (!maps.has(name)) maps.set(name, { name, line: number, peer: null, sets: [] });
      block = ['map', name];
    } else if (/^(?:crypto|interface|router|access-list|ip |line |tunnel-group)\b/.test(line)) block = ['', ''];
    if (block[0] === 'set' && /^mode transport|will negotiate = \{\s*Transport/.test(line))
      transport(sets, block[1], line);
    if (block[0] === 'set' && /will negotiate = \{\s*Tunnel/.test(line)) inMode(sets, block[1], 'tunnel');
    const said = map?.[3] || line;
    const used = USES.exec(said)?.[1]?.split(/\s+/).slice(0, 12);
    if (used && block[0] === 'profile') profiles.set(block[1], used);
    if (block[0] !== 'map') continue;
    const one = maps.get(block[1]);
    const peer = /^(?:set peer|Peer =|Current peer:) (\S+)/.exec(said)?.[1];
    if (one && peer !== undefined) one.peer ??= safeAddress(peer);
    if (one && used) one.sets.push(...used);
  }
  return { sets, profiles, maps: [...maps.values()].filter((one) => one.sets.length > 0) };
}

const inMode = (sets: Map<string, CiscoSuite[]>, name: string, mode: SaMode): void => {
  sets.set(
    name,
    (sets.get(name) ?? []).map((suite) => ({ ...suite, mode })),
  );
};

const transport = (sets: Map<string, CiscoSuite[]>, name: string, words: string): void => {
  if (/transport/i.test(words)) inMode(sets, name, 'transport');
};

const suiteOf = (words: string, line: number, mode: SaMode | null): CiscoSuite => ({
  line,
  cipher: /\besp-(?!sha|md5)(\S+(?: (?:128|192|256))?)/.exec(words)?.[1] ?? 'null',
  hash: /\besp-((?:sha|md5)\S*?)(?:-hmac)?(?:\s|$)/.exec(words)?.[1] ?? null,
  mode,
});

/** A combined mode has no hash beside it, whatever the proposal says. */
function combined({ ciphers, hashes }: Offered, line: number): CiscoSuite[] {
  return ciphers.flatMap((cipher) => {
    const beside = /gcm|gmac/.test(cipher) || hashes.length === 0 ? [null] : hashes;
    return beside.map((hash): CiscoSuite => ({ cipher, hash, mode: 'tunnel', line }));
  });
}

/**
 * What policies send through IPsec without an interface of its own: crypto maps, or what is offered and used nowhere.
 */
export function policyRows({ sets, maps, profiles }: CiscoCrypto): Association[] {
  const row = (line: number, name: string, suite: CiscoSuite, peer: string | null): Association => ({
    ...blankAssociation(line),
    kind: 'proposal',
    name: safe(name, 60),
    destination: peer,
    outer: familyOf(peer),
    mode: suite.mode,
    ...suiteWords(suite.cipher, suite.hash),
  });
  if (maps.length > 0 || profiles.size > 0)
    return maps.flatMap(({ name, line, peer, sets: used }) =>
      used.flatMap((set) => (sets.get(set) ?? []).map((suite) => row(line, name, suite, peer))),
    );
  // `show` lists the default set of the box as well, whether anything uses it or not.
  const own = [...sets].filter(([name]) => name !== 'default' || sets.size === 1);
  return own.flatMap(([name, suites]) => suites.map((suite) => row(suite.line, name, suite, null)));
}
