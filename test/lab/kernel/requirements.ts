import { existsSync, readFileSync } from 'node:fs';
import type { Scenario } from '../scenario.js';
import type { GuestKernel, Requirement } from './kernel.js';

const always: readonly Requirement[] = [
  { file: ['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip'], package: 'iproute2' },
  { file: ['/usr/sbin/modprobe', '/sbin/modprobe'], package: 'kmod' },
];
const pppoe: readonly Requirement[] = [
  { file: '/usr/sbin/pppd', package: 'ppp' },
  { file: '/usr/sbin/pppoe-server', package: 'pppoe' },
];
const l2tp: readonly Requirement[] = [
  { file: '/usr/sbin/pppd', package: 'ppp' },
  { file: '/usr/sbin/xl2tpd', package: 'xl2tpd' },
];
const filters: readonly Requirement[] = [
  { file: ['/usr/sbin/iptables-legacy', '/sbin/iptables-legacy'], package: 'iptables' },
];
const captures: readonly Requirement[] = [{ file: ['/usr/bin/tcpdump', '/usr/sbin/tcpdump'], package: 'tcpdump' }];
const wireguard: readonly Requirement[] = [{ file: '/usr/bin/wg', package: 'wireguard-tools' }];

/**
 * Looks for everything that these scenarios need on this machine.
 * @throws naming what is missing and the one command that cures it. It never passes quietly.
 */
export function demand(kernel: GuestKernel, scenarios: readonly Scenario[], extra: readonly Requirement[] = []): void {
  const wants = (which: (scenario: Scenario) => unknown): boolean =>
    scenarios.some((scenario) => Boolean(which(scenario)));
  const needed = [
    ...always,
    ...kernel.requires,
    ...(wants(({ wan }) => wan?.startsWith('pppoe')) ? pppoe : []),
    ...(wants(({ tunnel }) => tunnel?.startsWith('l2tp')) ? l2tp : []),
    ...(wants(({ tunnel }) => tunnel === 'wireguard') ? wireguard : []),
    ...(wants((s) => s.clamp ?? s.dropPtb ?? s.dropIcmpErrors ?? s.ignorePtb ?? s.dropFragmentsAt) ? filters : []),
    ...(wants(({ capture }) => capture?.length) ? captures : []),
    ...extra,
  ];
  const missing = needed.filter(({ file, isStatic = false }) =>
    [file].flat().every((path) => !existsSync(path) || (isStatic && needsLoader(path))),
  );
  if (process.platform !== 'linux') throw new Error('the lab runs on Linux only');
  if (process.getuid?.() !== 0)
    throw new Error('the lab needs root (it mounts a file system inside the guest): sudo -E npm run test:lab');
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((requirement) => requirement.package))].sort();
  throw new Error(
    `the lab is missing ${missing.map(({ file }) => [file].flat()[0]).join(', ')}\napt-get install --yes ${packages.join(' ')}`,
  );
}

/** True of a 64-bit ELF file with a program header PT_INTERP: in a guest without libraries it does not start. */
function needsLoader(path: string): boolean {
  const elf = readFileSync(path);
  const [first, size, count] = [Number(elf.readBigUInt64LE(32)), elf.readUInt16LE(54), elf.readUInt16LE(56)];
  return Array.from({ length: count }, (_, index) => elf.readUInt32LE(first + index * size)).includes(3);
}
