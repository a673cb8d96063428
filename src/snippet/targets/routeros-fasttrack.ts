import { MtucalcError } from '../../error.js';
import type { ClampPlan } from '../plan.js';
import { scopesOf } from '../scope.js';
import type { Script } from '../script.js';
import { addAbove, addCommand } from './routeros-text.js';

const MARK = 'mtucalc-ipsec';
const fasttrackRule = 'chain="forward" and action="fasttrack-connection"';

const why =
  'FastTrack lets established connections skip the firewall and with it IPsec: the handshake and small packets work (slow path), the bulk does not. The clamp itself survives, SYN and SYN/ACK always take the slow path.';

/** Accept above fasttrack-connection, as the default configuration does: read-only, no marks, follows every policy. */
function defconf(out: Script, plan: ClampPlan): void {
  out.say(
    '--fasttrack defconf: accept IPsec above the fasttrack-connection rule. Costs least, and is what the default configuration does; firewall rules for tunnel traffic must then stand above these two.',
  );
  for (const [family, menu] of [
    [4, '/ip firewall filter'],
    [6, '/ipv6 firewall filter'],
  ] as const) {
    if (!plan.families.includes(family)) continue;
    for (const direction of ['in', 'out'] as const) {
      out.add(
        addAbove(menu, fasttrackRule, {
          action: 'accept',
          chain: 'forward',
          comment: '"mtucalc: IPsec before fasttrack"',
          'ipsec-policy': `${direction},ipsec`,
        }),
      );
    }
  }
}

/** For rule sets that filter tunnel traffic further down: connections are marked, the fasttrack rule excludes the mark. */
function mark(out: Script, plan: ClampPlan): void {
  out.say(
    '--fasttrack mark: IPsec connections get a mark, fasttrack-connection excludes it. For rule sets that filter tunnel traffic further down; it writes a mark for every IPsec connection and replaces one set before. The marks stand below change-mss and pass through, so both rules are reached.',
  );
  for (const [family, menu] of [
    [4, '/ip firewall'],
    [6, '/ipv6 firewall'],
  ] as const) {
    if (!plan.families.includes(family)) continue;
    out.add(`${menu} mangle`);
    for (const direction of ['out', 'in'] as const) {
      out.add(
        addCommand({
          action: 'mark-connection',
          chain: 'forward',
          comment: '"mtucalc: keep IPsec off fasttrack"',
          'connection-mark': `!${MARK}`,
          'ipsec-policy': `${direction},ipsec`,
          'new-connection-mark': MARK,
          passthrough: 'yes',
        }),
      );
    }
    out.add(`${menu} filter set [find where ${fasttrackRule}] connection-mark=!${MARK}`);
  }
}

/** No connection tracking at all for the two networks: cheapest per packet, but stateless. */
function raw(out: Script, plan: ClampPlan): void {
  const scopes = plan.families.map((family) => ({ family, ...scopesOf(plan, family).out }));
  if (scopes.some(({ from, to }) => from.length === 0 || to.length === 0)) {
    throw new MtucalcError(
      'incomplete',
      '--fasttrack raw matches by address: prerouting does not know the IPsec policy yet',
      'give --local-net and --remote-net of every IP version inside (--inner 4 for IPv4 alone)',
    );
  }
  out.say(
    '--fasttrack raw: no connection tracking between the two networks, so nothing to fasttrack and no NAT. Cheapest, but stateless: the forward chain must accept connection-state=untracked (the default configuration does), and connection marks do not work for it.',
  );
  for (const { family, from, to } of scopes) {
    out.add(`${family === 4 ? '/ip' : '/ipv6'} firewall raw`);
    for (const [sources, destinations] of [
      [from, to],
      [to, from],
    ] as const) {
      for (const source of sources) {
        for (const destination of destinations) {
          out.add(
            addCommand({
              action: 'notrack',
              chain: 'prerouting',
              comment: '"mtucalc: IPsec untracked"',
              'dst-address': destination,
              'src-address': source,
            }),
          );
        }
      }
    }
  }
}

const styles = { defconf, mark, raw } as const;

/** Version 6 fasttracks IPv4 alone; IPv6 FastTrack came with 7.18 and is guarded by `find`. */
export function addFasttrackBypass(out: Script, all: ClampPlan, version: string): void {
  const plan = version === '6' ? { ...all, families: all.families.filter((family) => family === 4) } : all;
  if (plan.families.length === 0) return;
  out.blank();
  out.say(why);
  styles[plan.fasttrack ?? 'defconf'](out, plan);
}

/** Restores the fasttrack rule that `mark` changed; harmless where it did not. */
export const undoFasttrackMark = (menu: string): string =>
  `${menu} filter set [find where connection-mark="!${MARK}"] !connection-mark`;
