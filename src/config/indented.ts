import { numberedLines, type ReadCount, Reading } from './lines.js';

/** One command of a running configuration, with the block it stands in. */
export interface BlockStatement {
  readonly line: number;
  readonly text: string;
  /** First line of the block: "interface Tunnel0"; empty at the top. */
  readonly block: string;
  /** Line of the block's first line; 0 at the top. */
  readonly blockLine: number;
  /** `no …` is a command of its own: true, the words without it. */
  readonly negated: boolean;
  readonly words: readonly string[];
}

const BLOCK =
  /^(?:interface|router|line|policy-map|class-map|crypto (?:map|ipsec (?:profile|transform-set)|ikev2 \w+|isakmp (?:policy|profile))|ip access-list|route-map|zone|vrf|object|object-group|tunnel-group|group-policy|aaa|controller|archive|voice)\b/;
const ENDS = /^(?:exit|end|!|quit)\b/;

/** Cisco IOS, IOS-XE and ASA: commands, those of a block indented by one blank, or ended by `exit` in a script. */
export function readBlocks(text: string): { statements: BlockStatement[]; count: ReadCount } {
  const statements: BlockStatement[] = [];
  const reading = new Reading();
  let block = '';
  let blockLine = 0;
  for (const { number: line, text: raw } of numberedLines(text)) {
    const body = raw.replace(/^\S+\((?:config[^)]*)\)#\s*/, '').trimEnd();
    const command = body.trim();
    if (command === '' || command.startsWith('!')) {
      if (!/^\s/.test(body)) block = '';
      continue;
    }
    reading.read();
    if (ENDS.test(command)) {
      block = '';
      continue;
    }
    const negated = /^(?:no|default)\s/.test(command);
    const words = command.replace(/^(?:no|default)\s+/, '').split(/\s+/);
    if (BLOCK.test(command)) {
      block = command;
      blockLine = line;
    }
    statements.push({
      line,
      text: raw,
      block: BLOCK.test(command) ? '' : block,
      blockLine: BLOCK.test(command) ? 0 : blockLine,
      negated,
      words,
    });
  }
  return { statements, count: reading.count };
}
