import { MtucalcError } from '../../error.js';
import type { ClampPlan } from '../plan.js';
import { scopesOf } from '../scope.js';
import type { Script } from '../script.js';
import { addAbove, addCommand, addFirst, menuOf, tag } from './routeros-text.js';

/** One mark for every tunnel: a rule can exclude one mark only. */
const MARK = 'mtucalc-ipsec';
/** One list for every tunnel, for the same reason. */
const LIST = 'mtucalc-ipsec';
const fasttrackRule = 'chain="forward" and action="fasttrack-connection"';

const why =
  'FastTrack lets established connections skip the firewall and with it IPsec: the handshake and small packets work (slow path), the bulk does not. The clamp itself survives, SYN and SYN/ACK always take the slow path.';

/** Remarks are the same for both IP versions: said with the first. */
const once = (out: Script, { families }: ClampPlan, family: 4 | 6): Script['say'] =>
  family === families[0] ? (...remarks) => out.say(...remarks) : () => {};

/** Accept above fasttrack-connection, as the default configuration does: read-only, no marks, follows every policy. */
function defconf(out: Script, plan: ClampPlan, family: 4 | 6): void {
  once(
    out,
    plan,
    family,
  )(
    '--fasttrack defconf: accept IPsec above the fasttrack-connection rule. Costs least, and is what the default configuration does; firewall rules for tunnel traffic must then stand above these two.',
  );
  for (const direction of ['in', 'out'] as const) {
    out.add(
      addAbove(`${menuOf(family)} filter`, fasttrackRule, {
        action: 'accept',
        chain: 'forward',
        comment: tag(plan, 'IPsec before fasttrack'),
        'ipsec-policy': `${direction},ipsec`,
      }),
    );
  }
}

/**
 * For rule sets that filter tunnel traffic further down: connections are marked, the fasttrack rule excludes the mark.
 * A matcher that is there already stays: it may be what keeps other traffic off FastTrack.
 */
function mark(out: Script, plan: ClampPlan, family: 4 | 6): void {
  once(
    out,
    plan,
    family,
  )(
    '--fasttrack mark: IPsec connections get a mark, fasttrack-connection excludes it. For rule sets that filter tunnel traffic further down; it writes a mark for every IPsec connection and replaces one set before it; a mark of your own that is set below replaces it in turn, and then IPsec is fasttracked all the same: with marks of your own on tunnel traffic take --fasttrack defconf.',
    'a fasttrack rule that has a connection-mark already is left as it is, and the paste says so. no-mark spares what is marked anyway; for !other either let IPsec have that mark (new-connection-mark=other), as it may have already, or take --fasttrack defconf.',
  );
  for (const direction of ['out', 'in'] as const) {
    out.add(
      addFirst(`${menuOf(family)} mangle`, 'forward', {
        action: 'mark-connection',
        chain: 'forward',
        comment: tag(plan, 'keep IPsec off fasttrack'),
        'connection-mark': `!${MARK}`,
        'ipsec-policy': `${direction},ipsec`,
        'new-connection-mark': MARK,
        passthrough: 'yes',
      }),
    );
  }
  const filter = `${menuOf(family)} filter`;
  out.add(
    `:foreach r in=[${filter} find where ${fasttrackRule}] do={ :if ([:len [${filter} get $r connection-mark]] = 0) do={ ${filter} set $r connection-mark=!${MARK} } else={ :put "mtucalc: a fasttrack rule has a connection-mark already and keeps it" } }`,
  );
}

/**
 * Matchers on the fasttrack rule itself: a connection with an end in the list is left alone. One list for every
 * tunnel, since a rule has room for one; a matcher that is there already stays.
 */
function exclude(out: Script, plan: ClampPlan, family: 4 | 6): void {
  const { to } = scopesOf(plan, family).out;
  if (to.length === 0) {
    throw new MtucalcError(
      'incomplete',
      '--fasttrack exclude matches by address',
      'give --remote-net of every IP version inside (--inner 4 for IPv4 alone)',
    );
  }
  once(
    out,
    plan,
    family,
  )(
    '--fasttrack exclude: the fasttrack rule passes over connections from and to the networks behind the tunnel. No rule more for other traffic, but every new network has to go into the list. A fasttrack rule that has address lists of its own is left as it is, and the paste says so.',
  );
  out.add(`${menuOf(family)} address-list`);
  for (const address of to) out.add(addCommand({ address, comment: tag(plan, 'not fasttracked'), list: LIST }));
  const filter = `${menuOf(family)} filter`;
  for (const side of ['dst', 'src'] as const) {
    const property = `${side}-address-list`;
    out.add(
      `:foreach r in=[${filter} find where ${fasttrackRule}] do={ :if ([:len [${filter} get $r ${property}]] = 0) do={ ${filter} set $r ${property}=!${LIST} } else={ :put "mtucalc: a fasttrack rule has a ${property} already and keeps it" } }`,
    );
  }
}

/** No connection tracking at all for the two networks: cheapest per packet, but stateless. */
function raw(out: Script, plan: ClampPlan, family: 4 | 6): void {
  const { from, to } = scopesOf(plan, family).out;
  if (from.length === 0 || to.length === 0) {
    throw new MtucalcError(
      'incomplete',
      '--fasttrack raw matches by address: prerouting does not know the IPsec policy yet',
      'give --local-net and --remote-net of every IP version inside (--inner 4 for IPv4 alone)',
    );
  }
  once(
    out,
    plan,
    family,
  )(
    '--fasttrack raw: no connection tracking between the two networks, so nothing to fasttrack and no NAT. Cheapest, but stateless: the forward chain must accept connection-state=untracked (the default configuration does), and connection marks do not work for it.',
  );
  out.add(`${menuOf(family)} raw`);
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
            comment: tag(plan, 'IPsec untracked'),
            'dst-address': destination,
            'src-address': source,
          }),
        );
      }
    }
  }
}

const styles = { defconf, mark, exclude, raw } as const;

/** Version 6 fasttracks IPv4 alone; IPv6 FastTrack came with 7.18 and is guarded by `find`. */
export function addFasttrackBypass(out: Script, plan: ClampPlan, family: 4 | 6, version: string): void {
  if (version === '6' && family === 6) return;
  out.blank();
  once(out, plan, family)(why);
  styles[plan.fasttrack ?? 'defconf'](out, plan, family);
}

/**
 * Restores the fasttrack rule that `mark` or `exclude` changed, once no tunnel sets the mark or stands in the list any
 * more; harmless where it was never changed. Stands below the removal of those.
 */
export function undoFasttrack(family: 4 | 6): string[] {
  const menu = menuOf(family);
  return [
    `:if ([:len [${menu} mangle find where new-connection-mark="${MARK}"]] = 0) do={ ${menu} filter set [find where connection-mark="!${MARK}"] !connection-mark }`,
    ...(['dst', 'src'] as const).map(
      (side) =>
        `:if ([:len [${menu} address-list find where list="${LIST}"]] = 0) do={ ${menu} filter set [find where ${side}-address-list="!${LIST}"] !${side}-address-list }`,
    ),
  ];
}
