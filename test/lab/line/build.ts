import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import type { Drop, Line, Link, Ration, Router } from './path.js';

const quiet = { stdio: ['pipe', 'pipe', 'pipe'] as 'pipe'[] };
const sh = (words: readonly string[], input = ''): string =>
  String(execFileSync(words[0] as string, words.slice(1), { ...quiet, input }));

/** A line that stands; `run` is what is put before a command to run it at A. */
export interface Standing {
  readonly target: string;
  readonly run: readonly string[];
  /** The same at B. */
  readonly far: readonly string[];
  down(): void;
}

const address = (family: 4 | 6, net: number, end: number): string =>
  family === 4 ? `10.77.${net}.${end}` : `fd77:${net}::${end}`;
const network = (family: 4 | 6, net: number): string => (family === 4 ? `10.77.${net}.0/24` : `fd77:${net}::/64`);
const linkOf = (link: number | Link): Link => (typeof link === 'number' ? { mtu: link } : link);
let count = 0;

/** Builds a line in namespaces of its own. Needs root, ip, nft. @throws what those programs refuse. */
export function build(line: Line): Standing {
  const id = `mtu${process.pid}-${count++}`;
  const { family, routers } = line;
  const links = line.links.map(linkOf);
  const names = ['a', ...routers.map((_, i) => `r${i + 1}`), 'b'].map((name) => `${id}-${name}`);
  const [a, b] = [names[0] as string, names.at(-1) as string];
  const at = (node: string, ...words: string[]): string => sh(['ip', 'netns', 'exec', node, ...words]);
  const children: ChildProcess[] = [];
  const down = (): void => {
    for (const child of children) child.kill('SIGKILL');
    for (const name of names) {
      try {
        sh(['ip', 'netns', 'del', name]);
      } catch {
        // It was not there yet.
      }
    }
  };
  try {
    sh(['ip', '-batch', '-'], names.map((name) => `netns add ${name}`).join('\n'));
    for (const name of names) at(name, 'sysctl', '-qw', ...settings(name === a || name === b, line));
    const far = line.backFrom;
    const cables = links.map((link, i) => ({ link, net: i, left: names[i] as string, right: names[i + 1] as string }));
    if (far !== undefined) cables.push({ link: { mtu: 1500 }, net: 90, left: a, right: names[far] as string });
    for (const { link, net, left, right } of cables) {
      const mtu = Math.max(link.mtu, family === 6 ? 1280 : 68);
      sh([
        'ip',
        'link',
        'add',
        `e${net}`,
        'mtu',
        `${mtu}`,
        'netns',
        left,
        'type',
        'veth',
        'peer',
        'name',
        `w${net}`,
        'mtu',
        `${mtu}`,
        'netns',
        right,
      ]);
      for (const [node, device, end] of [
        [left, `e${net}`, 1],
        [right, `w${net}`, 2],
      ] as const) {
        const lines = [
          'link set lo up',
          `link set ${device} up`,
          `addr add ${address(family, net, end)}/${family === 4 ? 24 : 64} dev ${device}${family === 6 ? ' nodad' : ''}`,
        ];
        sh(['ip', '-n', node, '-batch', '-'], lines.join('\n'));
        at(node, 'ethtool', '-K', device, 'tso', 'off', 'gso', 'off', 'gro', 'off', 'tx', 'off');
      }
    }
    routes(line, names, links);
    const filters = [
      ...routers.map((router, i) => [names[i + 1] as string, routerRules(router, i)] as const),
      [b, targetRules(line)] as const,
    ];
    for (const [node, rules] of filters) if (rules !== '') sh(['ip', 'netns', 'exec', node, 'nft', '-f', '-'], rules);
    losses(links, names);
    const open = line.target?.tcp;
    if (Array.isArray(open)) children.push(listen(b, open));
    const target = address(family, links.length - 1, 2);
    if (line.client?.before) at(a, 'node', '-e', BEFORE, target, `${line.client.before}`);
    return { target, run: ['ip', 'netns', 'exec', a], far: ['ip', 'netns', 'exec', b], down };
  } catch (error) {
    down();
    throw error;
  }
}

/** Somebody's traceroute a moment ago: datagrams to closed ports. */
const BEFORE = `const s=require('dgram').createSocket(process.argv[1].includes(':')?'udp6':'udp4');let n=+process.argv[2];
const t=setInterval(()=>{if(n--<=0){clearInterval(t);s.close();return}s.send('x',33500+n,process.argv[1])},3)`;
const LISTEN = `const net=require('net');for(const p of process.argv.slice(1))net.createServer(s=>s.on('error',()=>{})).listen(+p,'::',()=>console.log(p))`;

function listen(node: string, ports: readonly number[]): ChildProcess {
  const child = spawn('ip', ['netns', 'exec', node, process.execPath, '-e', LISTEN, ...ports.map(String)], {
    stdio: 'ignore',
  });
  // It is up within a blink; a probe of a port that is not open yet would find it closed.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
  return child;
}

function settings(end: boolean, { client, target }: Line): string[] {
  const ttl = target?.ttl ?? 64;
  return [
    `net.ipv4.ip_forward=${end ? 0 : 1}`,
    `net.ipv6.conf.all.forwarding=${end ? 0 : 1}`,
    'net.ipv4.conf.all.rp_filter=0',
    'net.ipv4.conf.default.rp_filter=0',
    'net.ipv6.conf.default.accept_dad=0',
    `net.ipv4.icmp_ratelimit=${client?.before ? 1000 : 0}`,
    `net.ipv6.icmp.ratelimit=${client?.before ? 1000 : 0}`,
    'net.ipv4.icmp_msgs_per_sec=100000',
    'net.ipv4.icmp_msgs_burst=10000',
    `net.ipv4.ip_default_ttl=${ttl}`,
    `net.ipv4.ping_group_range=${client?.pingSockets === false ? '1 0' : '0 2147483647'}`,
  ];
}

function routes({ family, client, backFrom }: Line, names: readonly string[], links: readonly Link[]): void {
  const own = client?.source;
  names.forEach((node, k) => {
    const lines: string[] = [];
    const before = k > 0 ? address(family, k - 1, 1) : '';
    const lock = k > 0 && links[k - 1]?.back !== undefined ? ` mtu lock ${links[k - 1]?.back}` : '';
    for (let net = 0; net < k - 1; net++) lines.push(`route add ${network(family, net)} via ${before}${lock}`);
    if (own && k > 0) lines.push(`route add ${own.address} via ${before}${lock}`);
    if (k === 0 && own)
      lines.push('link add own0 type bridge', `link set own0 mtu ${own.mtu} up`, `addr add ${own.address}/32 dev own0`);
    if (k < names.length - 1)
      lines.push(`route add default via ${address(family, k, 2)}${k === 0 && own ? ` src ${own.address}` : ''}`);
    else lines.push(`route add default via ${before}${lock}`);
    if (backFrom === k) lines.push(`route replace ${network(family, 0)} via ${address(family, 90, 1)}`);
    sh(['ip', `-${family}`, '-n', node, '-batch', '-'], lines.join('\n'));
  });
}

const over = ({ perSecond, burst }: Ration): string => `limit rate over ${perSecond}/second burst ${burst} packets `;
const PTB = ['icmp type destination-unreachable icmp code frag-needed', 'icmpv6 type packet-too-big'] as const;
const EXPIRED = ['icmp type time-exceeded', 'icmpv6 type time-exceeded'] as const;

function routerRules(router: Router, left: number): string {
  const { ptb = true, timeExceeded = true, clearsDf = false, nat = false, drop = [], clamp = {} } = router;
  const out: string[] = [];
  if (ptb === false) out.push(...PTB.map((match) => `${match} drop`));
  else if (typeof ptb === 'object' && 'says' in ptb)
    out.push(`${PTB[0]} icmp mtu set ${ptb.says}`, `${PTB[1]} icmpv6 mtu set ${ptb.says}`);
  else if (typeof ptb === 'object') out.push(...PTB.map((match) => `${match} ${over(ptb)}drop`));
  if (!timeExceeded) out.push(...EXPIRED.map((match) => `${match} drop`));
  const forward = drop.filter(({ protocol }) => protocol !== 'fragment').flatMap((rule) => dropRules(rule, left));
  const early = drop.filter(({ protocol }) => protocol === 'fragment').flatMap((rule) => dropRules(rule, left));
  const chains = [chain('output', 0, out), chain('forward', -10, forward), chain('prerouting', -460, early)].join('');
  const tables = chains === '' ? '' : `table inet line {\n${chains}}\n`;
  const df = clearsDf
    ? `table ip df {\n${chain('prerouting', -400, [
        `${clearsDf === 'back' ? `iifname e${left + 1}` : `iifname w${left}`} ip frag-off & 0x4000 == 0x4000 ip frag-off set 0`,
      ])}}\n`
    : '';
  const masquerade = nat
    ? `table inet nat {\nchain post {\ntype nat hook postrouting priority 100;\noifname e${left + 1} masquerade\n}\n}\n`
    : '';
  const lower = (way: string, flags: string, mss: number | undefined): string[] =>
    mss === undefined
      ? []
      : [`${way} tcp flags & (syn|ack) == ${flags} tcp option maxseg size gt ${mss} tcp option maxseg size set ${mss}`];
  const clamps = chain('forward', -150, [
    ...lower(`iifname w${left}`, 'syn', clamp.there),
    ...lower(`iifname != w${left}`, '(syn|ack)', clamp.back),
  ]);
  return tables + df + masquerade + (clamps === '' ? '' : `table inet clamp {\n${clamps}}\n`);
}

const chain = (hook: string, priority: number, rules: readonly string[]): string =>
  rules.length === 0 ? '' : `chain ${hook} {\ntype filter hook ${hook} priority ${priority};\n${rules.join('\n')}\n}\n`;

const heads: Record<NonNullable<Drop['protocol']>, readonly string[]> = {
  echo: ['icmp type echo-request ', 'icmpv6 type echo-request '],
  icmp: ['meta l4proto icmp ', 'icmpv6 type != { nd-neighbor-solicit, nd-neighbor-advert } '],
  udp: ['meta l4proto udp '],
  tcp: ['meta l4proto tcp '],
  syn: ['tcp flags & (syn|ack) == syn '],
  'syn-data': ['tcp flags & (syn|ack) == syn meta length > 90 '],
  fragment: ['ip frag-off & 0x3fff != 0 '],
};

function dropRules(rule: Drop, left: number): string[] {
  const way = { there: `iifname w${left} `, back: `iifname != w${left} `, both: '' }[rule.way ?? 'there'];
  const tail =
    (rule.over === undefined ? '' : `meta length > ${rule.over} `) +
    (rule.exceptPort === undefined ? '' : `tcp dport != ${rule.exceptPort} `) +
    (rule.percent === undefined ? '' : `numgen random mod 100 < ${rule.percent} `) +
    (rule.ration === undefined ? '' : over(rule.ration)) +
    (rule.octets === undefined
      ? ''
      : `limit rate over ${rule.octets.perSecond} bytes/second burst ${rule.octets.burst} bytes `);
  const act = rule.reject === undefined ? 'drop' : `reject with icmpx type ${rule.reject}`;
  return (rule.protocol === undefined ? [''] : heads[rule.protocol]).map((head) => `${way}${head}${tail}${act}`);
}

function targetRules({ target }: Line): string {
  if (target === undefined) return '';
  const { echo, udp, tcp, errors } = target;
  const rules: string[] = [];
  for (const match of heads.echo) {
    if (echo === false) rules.push(`${match}drop`);
    else if (echo !== undefined && 'upTo' in echo) rules.push(`${match}meta length > ${echo.upTo} drop`);
    else if (echo !== undefined) rules.push(`${match}${over(echo)}drop`);
  }
  if (udp === 'silent') rules.push('meta l4proto udp drop');
  if (tcp === 'silent') rules.push('meta l4proto tcp drop');
  const out =
    errors === undefined
      ? []
      : [
          `icmp type destination-unreachable ${over(errors)}drop`,
          `icmpv6 type destination-unreachable ${over(errors)}drop`,
        ];
  const chains = chain('input', 0, rules) + chain('output', 0, out);
  return chains === '' ? '' : `table inet line {\n${chains}}\n`;
}

function losses(links: readonly Link[], names: readonly string[]): void {
  links.forEach(({ loss }, i) => {
    if (loss === undefined) return;
    for (const [node, device] of [
      [names[i], `e${i}`],
      [names[i + 1], `w${i}`],
    ] as const) {
      const rule = `iifname ${device} numgen random mod 100 < ${loss} drop`;
      sh(
        ['ip', 'netns', 'exec', node as string, 'nft', '-f', '-'],
        `table inet loss${i} {\nchain c {\ntype filter hook prerouting priority -470;\n${rule}\n}\n}\n`,
      );
    }
  });
}
