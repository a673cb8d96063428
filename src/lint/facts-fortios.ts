import { type FortiosSetting, readFortios } from '../config/fortios.js';
import { type Device, type Facts, noFacts, type PlainPolicy, place } from './facts.js';
import { clampRules, type InterfaceClamp } from './interface-clamps.js';
import { mssIn, mtuIn } from './octets.js';
import { flagBits, type Test } from './ruleset.js';

const SYN: Test = { on: 'flags', mask: flagBits(['syn', 'ack']), value: flagBits(['syn']) };
const SYN_ACK: Test = { on: 'flags', mask: flagBits(['syn', 'ack']), value: flagBits(['syn', 'ack']) };

/** FortiOS: tcp-mss of interfaces, tcp-mss-sender and -receiver of policies, the MTU where it is overridden. */
export function factsOfFortios(text: string): Facts {
  const { settings, count } = readFortios(text);
  const byEntry = new Map<string, FortiosSetting[]>();
  for (const one of settings) {
    const own = byEntry.get(one.entry);
    if (own) own.push(one);
    else byEntry.set(one.entry, [one]);
  }
  const of = (table: RegExp, entry: string, name: string): FortiosSetting | undefined =>
    byEntry.get(entry)?.findLast((one) => table.test(one.table) && one.name === name);
  const clamps: InterfaceClamp[] = [];
  const devices: Device[] = [];
  const entries = (table: RegExp): string[] => [
    ...new Set(settings.filter((one) => table.test(one.table)).map(({ entry }) => entry)),
  ];
  const tunnels = entries(/^vpn ipsec phase1-interface$/);
  for (const name of entries(/^system interface$/)) {
    if (of(/^system interface$/, name, 'status')?.values[0] === 'down') continue;
    const mss = of(/^system interface$/, name, 'tcp-mss');
    if (mss && Number(mss.values[0]) > 0)
      clamps.push({ line: mss.line, text: mss.text, name, to: mssIn(mss.values[0]) });
  }
  for (const name of tunnels) {
    const shown = byEntry.get(name)?.find(({ table }) => table === 'vpn ipsec phase1-interface') as FortiosSetting;
    const mtu = of(/^system interface$/, name, 'mtu');
    const said = mtu !== undefined && of(/^system interface$/, name, 'mtu-override')?.values[0] === 'enable';
    devices.push({
      ...(said ? place(mtu.line, mtu.text) : place(shown.line, shown.text)),
      name,
      kind: 'ipsec',
      mtu: said ? mtuIn(mtu.values[0]) : null,
      said,
      clampsItself: false,
      encrypted: true,
      set: (value) => `config system interface, edit "${name}", set mtu-override enable, set mtu ${value}`,
    });
  }
  const plainPolicies: PlainPolicy[] = [];
  for (const id of entries(/^firewall policy6?$/)) {
    if (of(/^firewall policy6?$/, id, 'status')?.values[0] === 'disable') continue;
    const names = (which: string): readonly string[] =>
      (of(/^firewall policy6?$/, id, which)?.values ?? []).filter((name) => name !== 'any');
    const [source, destination] = [names('srcintf'), names('dstintf')];
    const accept = of(/^firewall policy6?$/, id, 'action');
    const own = byEntry.get(id)?.some((one) => /^firewall policy6?$/.test(one.table) && /^tcp-mss-/.test(one.name));
    if (accept?.values[0] === 'accept' && !own)
      plainPolicies.push({ ...place(accept.line, accept.text), from: source, to: destination });
    const tie = (on: 'in' | 'out', list: readonly string[]): Test[] => (list.length === 0 ? [] : [{ on, names: list }]);
    for (const [setting, flags, from, to] of [
      ['tcp-mss-sender', SYN, source, destination],
      ['tcp-mss-receiver', SYN_ACK, destination, source],
    ] as const) {
      const mss = of(/^firewall policy6?$/, id, setting);
      if (mss && Number(mss.values[0]) > 0)
        clamps.push({
          line: mss.line,
          text: mss.text,
          to: mssIn(mss.values[0]),
          tests: [flags, ...tie('in', from), ...tie('out', to)],
        });
    }
  }
  const policy = settings.find(({ table }) => table === 'vpn ipsec phase1');
  return {
    ...noFacts,
    format: 'fortios',
    count,
    ruleset: clampRules(clamps),
    hasFirewall: true,
    ipsec: { byPolicy: policy !== undefined, place: policy && place(policy.line, policy.text), pairs: [] },
    devices,
    plainPolicies,
    families: [4],
  };
}
