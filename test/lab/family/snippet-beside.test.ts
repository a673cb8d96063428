import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/io/catalogue.js';
import { calculate } from '../../../src/mtu/calculate.js';
import type { CalcRequest } from '../../../src/mtu/calculation.js';
import { emit, type Undo } from '../../../src/snippet/emit.js';
import { type ClampPlan, type PlanChoices, planOf } from '../../../src/snippet/plan.js';
import { inNamespace } from './in-namespace.js';

/** Snippets beside what is there already: other tunnels, rules of the user's, values from before. */
const made = (request: CalcRequest, choices: PlanChoices): ClampPlan => planOf(calculate(request, catalogue), choices);
const wg = made({ tunnel: 'wireguard', wan: 'ethernet', outer: 4 }, { tunnelIf: 'wg1', inner: 4 });
const esp = made(
  { cipher: 'aes256-sha256', wan: 'ethernet', natT: false, outer: 4 },
  { ipsec: 'xfrm', tunnelIf: 'wg1-b', inner: 4 },
);

const work = mkdtempSync(join(tmpdir(), `snippet-beside-${process.pid}-`));
afterAll(() => rmSync(work, { recursive: true, force: true }));
let files = 0;
const file = (target: string, plan: ClampPlan, undo: Undo = 'no'): string => {
  const path = join(work, `${files++}`);
  writeFileSync(path, emit([target], plan, undo).snippets[0]?.text ?? '');
  return path;
};
/** The commands a snippet shows for the reader to copy. */
const shown = (path: string): string => `sed -n 's/^#     //p' ${path} | sed 's|FILE|${path}|'`;

describe('iptables', () => {
  const count = (name: string): string => `iptables-save -t mangle | grep -cE -- '-j MTUCALC-${name}( |$)'`;

  test('stands above an ACCEPT, loads beside another tunnel, again in its own place, goes alone or with all', () => {
    const [a, b] = [file('iptables', wg), file('iptables', esp)];
    const [undoA, undoAll] = [file('iptables', wg, 'this'), file('iptables', wg, 'all')];
    expect(
      inNamespace(`
iptables -t mangle -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
iptables-restore --noflush ${a}; iptables-restore --noflush ${b}
${count('wg1')}; ${count('wg1-b')}
iptables -t mangle -S FORWARD | tail -1 | grep -o 'ACCEPT$'
# again: as the file says
eval "$(${shown(a)})"; eval "$(${shown(a)})"
${count('wg1')}; ${count('wg1-b')}; iptables -t mangle -S FORWARD | tail -1 | grep -o 'ACCEPT$'
iptables-restore --noflush ${undoA}; ${count('wg1')}; ${count('wg1-b')}
# loaded twice without it: the other way of taking it out
iptables-restore --noflush ${a}; iptables-restore --noflush ${a}; ${count('wg1')}
eval "$(${shown(undoA)})"; ${count('wg1')}; ${count('wg1-b')}
iptables-restore --noflush ${a}; sh ${undoAll}; ${count('wg1')}; ${count('wg1-b')}; iptables-save -t mangle | grep -ci mtucalc
iptables -t mangle -S FORWARD | grep -c ACCEPT
`),
    ).toEqual(['2', '2', 'ACCEPT', '2', '2', 'ACCEPT', '0', '2', '4', '0', '2', '0', '0', '0', '2']);
  });
});

describe('nftables', () => {
  test('a table each; undo takes one, undo --all every one and those of earlier versions', () => {
    const [a, b] = [file('nftables', wg), file('nftables', esp)];
    expect(
      inNamespace(`
nft add table inet mtucalc; nft add table inet mtucalcother
nft -f ${a}; nft -f ${b}; nft -f ${b}; nft list tables | sort
echo; nft -f ${file('nftables', wg, 'this')}; nft list tables | grep -c 'mtucalc-wg1$'; nft list tables | grep -c 'mtucalc-wg1-b$'
sh ${file('nftables', wg, 'all')}; nft list tables
`),
    ).toEqual([
      'table inet mtucalc',
      'table inet mtucalc-wg1',
      'table inet mtucalc-wg1-b',
      'table inet mtucalcother',
      '0',
      '1',
      'table inet mtucalcother',
    ]);
  });
});

describe('linux', () => {
  const gre = made(
    { tunnel: 'gre', wan: 'ethernet', outer: 4 },
    {
      tunnelIf: 'gre7',
      remoteNets: ['10.2.0.0/24', '10.3.0.0/24'],
      inner: 4,
    },
  );

  test('the MTU and routes from before come back, after two loads too', () => {
    const [set, undo] = [file('linux', gre), file('linux', gre, 'this')];
    const mtu = "ip -o link show dev gre7 | sed 's/.* mtu \\([0-9]*\\).*/\\1/'";
    expect(
      inNamespace(`
mount -t tmpfs tmpfs /var/lib; ip link set lo up; ip link add gre7 type veth peer name far7; ip link set far7 up; ip link set gre7 mtu 1400 up
ip route add 10.2.0.0/24 dev gre7 mtu 1300
sh -e ${set}; ${mtu}; ip route show 10.2.0.0/24; ip route show 10.3.0.0/24
sh -e ${set}; sh ${undo}; ${mtu}; ip route show 10.2.0.0/24; ip route show 10.3.0.0/24
ls /var/lib/mtucalc
`).map((line) => line.trim()),
    ).toEqual([
      `${gre.tunnelMtu}`,
      `10.2.0.0/24 dev gre7 scope link mtu ${gre.tunnelMtu} advmss ${gre.mss.ipv4}`,
      `10.3.0.0/24 dev gre7 scope link mtu ${gre.tunnelMtu} advmss ${gre.mss.ipv4}`,
      '1400',
      '10.2.0.0/24 dev gre7 scope link mtu 1300',
    ]);
  });
});

describe('wg-quick', () => {
  const lines = emit(['wireguard'], { ...wg, families: [4, 6] }).snippets[0]?.text ?? '';
  const commands = (word: string): string =>
    [...lines.matchAll(new RegExp(`^${word} = (.*)$`, 'gm'))]
      .map(([, command = '']) => command.replaceAll('%i', 'wg1'))
      .join('\n');

  test('no line fails: without ip6tables, and going down without ever having come up', () => {
    const path = join(work, 'bin');
    expect(
      inNamespace(`
mkdir -p ${path}; for tool in iptables sh echo; do ln -sf "$(command -v $tool)" ${path}/; done
export PATH=${path}; set -e
${commands('PostDown')}
${commands('PostUp')}
iptables -t mangle -S FORWARD | while read -r line; do case "$line" in *TCPMSS*) echo clamp;; esac; done
${commands('PostDown')}
iptables -t mangle -S FORWARD
`).filter((line) => !/not found|Bad rule|does a matching rule exist|No chain/.test(line)),
    ).toEqual(['clamp', 'clamp', '-P FORWARD ACCEPT', ...Array(2).fill('mtucalc: IPv6 is not clamped on wg1')]);
  });
});
