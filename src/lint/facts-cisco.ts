import { type BlockStatement, readBlocks } from '../config/indented.js';
import { type Device, type DeviceKind, type Facts, noFacts, place } from './facts.js';
import { clampRules, type InterfaceClamp } from './interface-clamps.js';

const number = (word: string | undefined): number | undefined =>
  /^\d{1,9}$/.test(word ?? '') ? Number(word) : undefined;

/** Cisco IOS and IOS-XE (adjust-mss by interface), ASA (sysopt connection tcpmss, 1380 where nothing is said). */
export function factsOfCisco(text: string): Facts {
  const { statements, count } = readBlocks(text);
  const blocks = new Map<string, BlockStatement[]>();
  for (const one of statements) {
    const own = blocks.get(one.block);
    if (own) own.push(one);
    else blocks.set(one.block, [one]);
  }
  const interfaces = statements
    .filter(({ words, block }) => words[0] === 'interface' && block === '')
    .map(({ words, line, text: raw }) => ({ name: words.slice(1).join(' '), line, text: raw }));
  const clamps: InterfaceClamp[] = [];
  const devices: Device[] = [];
  const wan: string[] = [];
  for (const { name, line, text: raw } of interfaces) {
    const own = blocks.get(`interface ${name}`) ?? [];
    // The last one counts, and `no …` takes away.
    const find = (...words: readonly string[]): BlockStatement | undefined => {
      const last = own.findLast((one) => words.every((word, index) => one.words[index] === word));
      return last?.negated ? undefined : last;
    };
    if (find('shutdown')) continue;
    for (const family of [4, 6] as const) {
      const adjust = find(family === 4 ? 'ip' : 'ipv6', 'tcp', 'adjust-mss');
      const to = number(adjust?.words[3]);
      if (adjust && to !== undefined) clamps.push({ line: adjust.line, text: adjust.text, name, family, to });
    }
    if (find('crypto', 'map')) wan.push(name);
    const mode = find('tunnel', 'mode')?.words.slice(2).join(' ') ?? 'gre ip';
    if (!/^Tunnel\d/i.test(name)) continue;
    const protectedBy = find('tunnel', 'protection') !== undefined;
    const mtu = find('ip', 'mtu') ?? find('ipv6', 'mtu');
    const kind: DeviceKind = /^ipsec/.test(mode) ? 'ipsec' : /^ipip|^ipv6ip/.test(mode) ? 'ipip' : 'gre';
    devices.push({
      ...place(mtu?.line ?? line, mtu?.text ?? raw),
      name,
      kind,
      mtu: number(mtu?.words[2]) ?? null,
      said: mtu !== undefined,
      clampsItself: false,
      encrypted: protectedBy,
      set: (value) => `interface ${name}, ip mtu ${value}`,
    });
  }
  const applied = statements.find(
    ({ words, negated, block }) =>
      !negated && words[0] === 'crypto' && words[1] === 'map' && (block !== '' || words.includes('interface')),
  );
  const asa = statements.some(
    ({ words }) => words[0] === 'nameif' || words[0] === 'sysopt' || (words[0] === 'ASA' && words[1] === 'Version'),
  );
  const sysopt = statements.findLast(
    ({ words }) => words.slice(0, 3).join(' ') === 'sysopt connection tcpmss' && words[3] !== 'minimum',
  );
  // 0 turns it off (ASA command reference, sysopt connection tcpmss).
  const off = sysopt?.words[3] === '0';
  if (sysopt && !sysopt.negated && !off)
    clamps.push({ line: sysopt.line, text: sysopt.text, to: number(sysopt.words[3]) ?? 1380, ipsec: false });
  else if (asa && !sysopt && applied)
    clamps.push({ line: applied.line, text: 'sysopt connection tcpmss 1380 (the default)', to: 1380 });
  return {
    ...noFacts,
    format: 'cisco',
    count,
    ruleset: clampRules(clamps),
    hasFirewall: true,
    ipsec: { byPolicy: applied !== undefined, place: applied && place(applied.line, applied.text), pairs: [] },
    devices,
    wanNames: wan,
    families: statements.some(({ words }) => words[0] === 'ipv6' && words[1] !== 'unicast-routing') ? [4, 6] : [4],
  };
}
