import { type NumberedLine, numberedLines } from './lines.js';

const PROGRAM: Readonly<Record<string, string>> = { ipv4: 'iptables', ipv6: 'ip6tables' };
const ELEMENT = /<(rule|passthrough)\b([^>]{0,400})>([^<]{0,4000})<\/\1>/g;
const COMMAND =
  /^(?:\S*[#$]\s+)?(?:sudo\s+)?(?:\S*\/)?firewall-cmd\s.*?--direct\s.*?--(add|remove)-(rule|passthrough)\s+(ipv[46])\s+(.*)$/;
/** `--get-all-rules`: family, table, chain, priority, arguments. */
const LISTED = /^(ipv[46]) (\w{1,20}) (\S{1,40}) (-?\d{1,6}) (-.*)$/;

interface Direct {
  readonly line: number;
  readonly priority: number;
  readonly text: string;
}

/**
 * Direct rules of firewalld (direct.xml, `firewall-cmd --direct`, what `--get-all-rules` prints) as the calls of
 * iptables they become; lower priorities come first (firewalld.direct(5)). What else the lines say is left as it is, to
 * be counted as unread.
 */
export function directCalls(text: string): NumberedLine[] {
  const xml = /<direct\b/.test(text);
  const found = xml ? fromXml(text) : fromLines(text);
  return [...found]
    .sort((a, b) => a.priority - b.priority)
    .map(({ line, text: call }) => ({ number: line, text: call }));
}

function fromXml(text: string): Direct[] {
  const found: Direct[] = [];
  let at = 0;
  let line = 1;
  // What is commented out does not count; its lines do.
  const bare = text.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '));
  for (const element of bare.matchAll(ELEMENT)) {
    for (; at < element.index; at++) if (bare[at] === '\n') line++;
    const attribute = (name: string): string | undefined =>
      new RegExp(`\\b${name}="([^"]{0,60})"`).exec(element[2] ?? '')?.[1];
    const program = PROGRAM[attribute('ipv') ?? ''];
    if (program === undefined) continue;
    const body = entities((element[3] ?? '').replace(/\s+/g, ' ').trim());
    const [table, chain] = [attribute('table'), attribute('chain')];
    if (element[1] === 'passthrough') found.push({ line, priority: 0, text: `${program} ${body}` });
    else if (table && chain)
      found.push({
        line,
        priority: Number(attribute('priority')) || 0,
        text: `${program} -t ${table} -A ${chain} ${body}`,
      });
  }
  return found;
}

const entities = (text: string): string =>
  text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITY[name] ?? '');
const ENTITY: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function fromLines(text: string): Direct[] {
  return numberedLines(text).map(({ number, text: raw }): Direct => {
    const trimmed = raw.trim();
    const command = COMMAND.exec(trimmed);
    const words = command?.[2] === 'rule' ? `${command[3]} ${command[4]}` : trimmed;
    const listed = LISTED.exec(words);
    const program = PROGRAM[listed?.[1] ?? command?.[3] ?? ''];
    const verb = command?.[1] === 'remove' ? '-D' : '-A';
    if (listed && program)
      return {
        line: number,
        priority: Number(listed[4]),
        text: `${program} -t ${listed[2]} ${verb} ${listed[3]} ${listed[5]}`,
      };
    if (command?.[2] === 'passthrough' && program && verb === '-A')
      return { line: number, priority: 0, text: `${program} ${command[4]}` };
    return { line: number, priority: 0, text: trimmed };
  });
}
