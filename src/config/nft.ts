import { type NumberedLine, numberedLines, type ReadCount, Reading } from './lines.js';
import { nftScript } from './nft-script.js';
import { type NftToken, nftTokens } from './nft-tokens.js';
import { elementsOf, hooked, type NftChain, type NftRule, type NftTable } from './nft-types.js';

export interface NftRead {
  readonly tables: readonly NftTable[];
  readonly count: ReadCount;
}

const families = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);
const MOST_DEFINED = 2000;
/** Objects whose body says nothing about MTU or MSS. */
const objects = /^(?:flowtable|counter|quota|limit|ct|secmark|synproxy|tunnel)$/;

/** `nft list ruleset`, files and commands for `nft -f`, and `nft …` calls or here-documents of a script. */
export function readNft(text: string | readonly NumberedLine[]): NftRead {
  const lines = typeof text === 'string' ? numberedLines(text) : text;
  const reading = new Reading();
  const reader = new NftReader(nftTokens(nftScript(lines, reading)), lines, reading);
  reader.top();
  return { tables: reader.tables, count: reading.count };
}

class NftReader {
  readonly tables: NftTable[] = [];
  readonly #defined = new Map<string, readonly NftToken[]>();
  readonly #tokens: readonly NftToken[];
  readonly #lines: readonly NumberedLine[];
  readonly #reading: Reading;
  readonly #seen = new Set<number>();
  #at = 0;

  constructor(tokens: readonly NftToken[], lines: readonly NumberedLine[], reading: Reading) {
    this.#tokens = tokens;
    this.#lines = lines;
    this.#reading = reading;
  }

  top(): void {
    for (let token = this.#next(); token; token = this.#next()) {
      if (token.text === '\n' || token.text === '}') continue;
      if (token.text === 'table') this.#table();
      else if (token.text === 'chain') this.#chain(this.#tableOf('inet', ''), this.#next()?.text ?? '');
      else if (/^(?:set|map)$/.test(token.text)) this.#set(this.#tableOf('inet', ''), this.#next()?.text ?? '');
      else if (/^(?:re)?define$/.test(token.text)) this.#define(token);
      else if (/^(?:add|create|insert|replace)$/.test(token.text)) this.#command(token);
      else if (/^(?:flush|delete|destroy|list|reset|undefine|monitor)$/.test(token.text)) this.#remove(token);
      else if (token.text === 'include') this.#skip(token, 'what the included file says is not known');
      else this.#skip(token, 'no statement of nft that is known here');
    }
  }

  #next(): NftToken | undefined {
    return this.#tokens[this.#at++];
  }

  #peek(): string {
    return this.#tokens[this.#at]?.text ?? '\n';
  }

  /** The rest of a statement, its braces whole, variables put in. */
  #rest(): NftToken[] {
    const rest: NftToken[] = [];
    let depth = 0;
    for (let token = this.#tokens[this.#at]; token; token = this.#tokens[this.#at]) {
      if (depth === 0 && (token.text === '\n' || (token.text === '}' && !token.quoted))) break;
      this.#at++;
      if (token.quoted) rest.push(token);
      else if (token.text === '\n') continue;
      else {
        if (token.text === '{' || token.text === '(') depth++;
        if (token.text === '}' || token.text === ')') depth--;
        const value = token.text.startsWith('$') ? this.#defined.get(token.text.slice(1)) : undefined;
        if (value) rest.push(...value.map((one) => ({ ...one, line: token.line })));
        else rest.push(token);
      }
    }
    return rest;
  }

  /** Counts a line once, though it may hold several statements. */
  #read(line: number): void {
    if (this.#seen.has(line)) return;
    this.#seen.add(line);
    this.#reading.read();
  }

  #unread(line: number, why: string): void {
    const text = this.#lines.find(({ number }) => number === line)?.text ?? '';
    if (this.#seen.has(line)) this.#reading.partly(line, text, why);
    else this.#reading.unread(line, text, why);
    this.#seen.add(line);
  }

  #skip(token: NftToken, why: string): void {
    this.#rest();
    this.#unread(token.line, why);
  }

  #define(token: NftToken): void {
    const name = this.#next()?.text ?? '';
    if (this.#peek() === '=') this.#next();
    const value = this.#rest();
    if (this.#defined.size < MOST_DEFINED) this.#defined.set(name, value);
    this.#read(token.line);
  }

  #tableOf(family: string, name: string): NftTable {
    const known = this.tables.find((table) => table.family === family && table.name === name);
    if (known) return known;
    const table: NftTable = { family, name, chains: new Map(), sets: new Map(), dormant: false };
    this.tables.push(table);
    return table;
  }

  #names(): { family: string; name: string } {
    const family = families.has(this.#peek()) ? (this.#next()?.text as string) : 'ip';
    return { family, name: this.#next()?.text ?? '' };
  }

  #table(): void {
    const { family, name } = this.#names();
    const table = this.#tableOf(family, name);
    this.#read(this.#tokens[this.#at - 1]?.line ?? 0);
    if (this.#peek() !== '{') return;
    this.#next();
    for (let token = this.#next(); token && token.text !== '}'; token = this.#next()) {
      if (token.text === '\n') continue;
      this.#read(token.line);
      if (token.text === 'flags' && this.#peek() === 'dormant') table.dormant = true;
      if (token.text === 'chain') this.#chain(table, this.#next()?.text ?? '');
      else if (/^(?:set|map)$/.test(token.text)) this.#set(table, this.#next()?.text ?? '');
      else if (objects.test(token.text) || /^(?:flags|comment)$/.test(token.text)) this.#object(token);
      else if (token.text === 'include') this.#skip(token, 'what the included file says is not known');
      else this.#skip(token, 'no part of a table that is known here');
    }
  }

  #chainOf(table: NftTable, name: string): NftChain {
    const chain = table.chains.get(name) ?? { name, rules: [], hook: undefined };
    table.chains.set(name, chain);
    return chain;
  }

  #chain(table: NftTable, name: string): void {
    const chain = this.#chainOf(table, name);
    this.#read(this.#tokens[this.#at - 1]?.line ?? 0);
    if (this.#peek() !== '{') return;
    this.#next();
    for (let token = this.#tokens[this.#at]; token && token.text !== '}'; token = this.#tokens[this.#at]) {
      if (token.text === '\n') {
        this.#at++;
        continue;
      }
      const statement = this.#rest();
      if (statement.length === 0) this.#at++;
      else if (token.text === 'include') this.#unread(token.line, 'what the included file says is not known');
      else {
        this.#read(token.line);
        if (!hooked(chain, statement)) chain.rules.push(this.#rule(statement));
      }
    }
    this.#at++;
  }

  #rule(tokens: readonly NftToken[]): NftRule {
    const line = tokens[0]?.line ?? 0;
    const text = tokens.map(({ text: one, quoted }) => (quoted ? `"${one}"` : one)).join(' ');
    return { line, text, tokens };
  }

  #set(table: NftTable, name: string): void {
    const body = this.#rest();
    const from = body.findIndex(({ text }, index) => text === 'elements' && body[index + 1]?.text === '=');
    const elements = table.sets.get(name) ?? [];
    if (from >= 0) elements.push(...elementsOf(body.slice(from + 2)));
    table.sets.set(name, elements);
  }

  /** A flowtable, counter and the like; of a hook that the kernel does not have nothing is loaded. */
  #object(token: NftToken): void {
    const words = this.#rest().map(({ text }) => text);
    const hook = words[words.indexOf('hook') + 1];
    if (token.text === 'flowtable' && words.includes('hook') && hook !== 'ingress')
      this.#unread(token.line, `hook ${hook ?? 'without a name'}: a flowtable hangs in ingress alone`);
  }

  #command(verb: NftToken): void {
    this.#read(verb.line);
    const what = this.#next()?.text ?? '';
    if (!/^(?:table|chain|rule|set|map|element)$/.test(what)) {
      this.#rest();
      if (!objects.test(what)) this.#unread(verb.line, 'no command of nft that is known here');
      return;
    }
    const { family, name } = this.#names();
    const table = this.#tableOf(family, name);
    if (what === 'table') this.#rest();
    else if (what === 'chain') this.#chain(table, this.#next()?.text ?? '');
    else if (what === 'set' || what === 'map') this.#set(table, this.#next()?.text ?? '');
    else if (what === 'element') {
      const set = this.#next()?.text ?? '';
      table.sets.set(set, [...(table.sets.get(set) ?? []), ...elementsOf(this.#rest())]);
    } else {
      const { rules } = this.#chainOf(table, this.#next()?.text ?? '');
      let placed: string | undefined;
      if (/^(?:position|handle|index)$/.test(this.#peek())) {
        placed = this.#next()?.text;
        this.#next();
      }
      if (placed !== undefined) this.#unread(verb.line, 'its place depends on rules that are not in this file');
      const rule = this.#rule(this.#rest());
      if (verb.text === 'insert') rules.unshift(rule);
      else rules.push(rule);
    }
  }

  #remove(verb: NftToken): void {
    this.#read(verb.line);
    const rest = this.#rest().map(({ text }) => text);
    if (!/^(?:flush|delete|destroy)$/.test(verb.text)) return;
    if (rest[0] === 'ruleset') this.tables.length = 0;
    if (rest[0] !== 'table' && rest[0] !== 'chain') return;
    const [family, name, chain] = families.has(rest[1] ?? '') ? rest.slice(1) : ['ip', ...rest.slice(1)];
    const table = this.tables.find((one) => one.family === family && one.name === name);
    if (rest[0] === 'chain') table?.chains.get(chain ?? '')?.rules.splice(0);
    else if (verb.text === 'flush') for (const { rules } of table?.chains.values() ?? []) rules.length = 0;
    else if (table) this.tables.splice(this.tables.indexOf(table), 1);
  }
}
