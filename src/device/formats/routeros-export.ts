import {
  type Association,
  blankAssociation,
  type ClampReading,
  type DeviceFormat,
  type Draft,
  familyOf,
  type Understood,
} from '../reading.js';
import { safe } from '../secret.js';
import { linksOf } from './routeros-links.js';
import { plainTunnels } from './routeros-plain.js';
import { policiesOf, type RouterosPolicy } from './routeros-policy.js';
import { type RouterosItem, readCommands } from './routeros-words.js';
import { peerRemarks } from './wireguard-peer.js';

/** RouterOS proposal defaults: what `export` leaves out (MikroTik manual, IPsec, Proposals; since v6.43). */
const DEFAULT_ENCR = 'aes-256-cbc,aes-192-cbc,aes-128-cbc';
const DEFAULT_AUTH = 'sha1';

/** RouterOS `export` and configuration scripts, v6 and v7: the proposal, policy, profile and PPPoE settings. */
export const routerosExport: DeviceFormat = {
  id: 'routeros-export',
  title: 'RouterOS export (proposal, policy, profile, tunnel interfaces, pppoe-client)',
  manual: 'https://help.mikrotik.com/docs/display/ROS/IPsec',
  recognise: ({ lines }) => {
    let places = 0;
    for (const { text } of lines) {
      if (
        /^\s*(?:\[[^\]]*\]\s*>\s*)?\/(?:ip[ /](?:ipsec|firewall)|interface[ /]pppoe-client|interface[ /]\S+(?:[ /]|$)|zerotier[ /]interface)/.test(
          text,
        )
      )
        places++;
      if (/\benc-algorithms=/.test(text) || /\baction=(?:change-mss|clear-df)\b/.test(text)) places++;
    }
    return places;
  },
  parse: (paste) => {
    const commands = readCommands(paste);
    const understood: Understood[] = [];
    const remarks = new Set<string>();
    const proposals = commands.filter(
      ({ menu, verb, values }) => isProposal(menu, values) && (verb === 'add' || verb === 'set'),
    );
    const usable = proposals.filter(({ values }) => values.get('disabled') !== 'yes');
    for (const item of usable) understood.push({ line: item.line, says: `proposal ${nameOf(item)}` });
    const policies = policiesOf(commands);
    for (const { line, mode } of policies) understood.push({ line, says: `${mode} policy` });
    const uses = usesOf(usable, policies);
    const natT = uses.length > 0 ? natTraversal(commands, remarks) : null;
    const ends = new Set(
      policies.flatMap(({ mode, destination }) => (mode === 'transport' ? (destination ?? []) : [])),
    );
    const plain = plainTunnels(commands, ends, understood);
    for (const remark of peerRemarks(plain)) remarks.add(remark);
    const associations = [...uses.flatMap((use) => proposalRows(use, natT, remarks)), ...plain];
    if (uses.length > 0 && policies.length === 0)
      remarks.add('no policy with tunnel= in the export: tunnel mode is taken');
    const clamps = clampsOf(commands, remarks, understood);
    return {
      format: routerosExport.id,
      associations,
      links: linksOf(commands, understood),
      defaultDevices: [],
      remarks: [...remarks],
      understood,
      clamps,
    };
  },
};

const isProposal = (menu: string, values: ReadonlyMap<string, string>): boolean =>
  menu === 'ip ipsec proposal' || values.has('enc-algorithms');

const nameOf = ({ values, verb }: RouterosItem): string =>
  safe(values.get('name') ?? (verb === 'set' ? 'default' : 'without name'));

/**
 * Phase 1 belongs to IKE; its profile (the peer, before v6.43) only says whether NAT-T may be used. False where every
 * one refuses it, null where it depends on a NAT being there.
 */
function natTraversal(commands: readonly RouterosItem[], remarks: Set<string>): boolean | null {
  const written = commands.filter(({ verb }) => verb === 'add' || verb === 'set');
  const profiles = written.filter(({ menu }) => menu === 'ip ipsec profile' || menu === 'ip ipsec peer profile');
  const deciding = profiles.length > 0 ? profiles : written.filter(({ menu }) => menu === 'ip ipsec peer');
  if (deciding.length > 0 && deciding.every(({ values }) => values.get('nat-traversal') === 'no')) return false;
  remarks.add('nat-traversal is allowed (the default) and used only where there is a NAT: both are shown');
  return null;
}

interface Use {
  readonly item: RouterosItem;
  /** Undefined where no policy of the export names the proposal. */
  readonly policy: RouterosPolicy | undefined;
}

/** A proposal that stands at its defaults: `export` does not show it. */
const notExported = (line: number): RouterosItem => ({
  line,
  text: '',
  menu: 'ip ipsec proposal',
  verb: 'set',
  target: '',
  values: new Map(),
  open: [],
  active: true,
});

/** Each policy with its proposal, and each proposal that no policy names. */
function usesOf(proposals: readonly RouterosItem[], policies: readonly RouterosPolicy[]): Use[] {
  const byName = new Map(proposals.map((item) => [item.values.get('name') ?? 'default', item]));
  const used = policies.map((policy): Use => {
    const exported = byName.get(policy.proposal);
    return {
      policy,
      item: exported ?? notExported(policy.line),
    };
  });
  const named = new Set(used.map(({ item }) => item));
  return [...used, ...proposals.filter((item) => !named.has(item)).map((item): Use => ({ item, policy: undefined }))];
}

/** One row for each pair of algorithms that can be negotiated. */
function proposalRows({ item, policy }: Use, natT: boolean | null, remarks: Set<string>): Association[] {
  const { values } = item;
  const name = nameOf(item);
  const printed = values.get('enc-algorithms');
  if (printed === undefined)
    remarks.add(
      `proposal ${name}: enc-algorithms is not exported, so RouterOS's default ${DEFAULT_ENCR} (v6.43 and later)`,
    );
  const encrs = list(printed ?? DEFAULT_ENCR);
  const auths = list(values.get('auth-algorithms') ?? DEFAULT_AUTH);
  const needsAuth = encrs.some((encr) => !isAead(encr));
  if (needsAuth && !values.has('auth-algorithms'))
    remarks.add(`proposal ${name}: auth-algorithms is not exported, so RouterOS's default ${DEFAULT_AUTH}`);
  if (!needsAuth && auths.some((auth) => auth !== 'null') && values.has('auth-algorithms')) {
    remarks.add(`proposal ${name}: auth-algorithms has no effect on GCM`);
  }
  return encrs.flatMap((encr) =>
    (isAead(encr) ? [null] : auths.length > 0 ? auths : ['null']).map((auth) => {
      const draft: Draft<Association> = blankAssociation(item.line);
      draft.kind = 'proposal';
      draft.name = name;
      draft.encr = safe(encr, 40);
      draft.integ = auth === null ? null : auth === 'null' || auth === 'none' ? 'none' : safe(auth, 40);
      draft.mode = policy?.mode ?? 'tunnel';
      draft.natT = natT;
      draft.source = policy?.source ?? null;
      draft.destination = policy?.destination ?? null;
      draft.outer = familyOf(draft.destination) ?? familyOf(draft.source);
      draft.payload = policy?.payload ?? 'ip';
      draft.interface = policy?.interface ?? null;
      return draft;
    }),
  );
}

const isAead = (encr: string): boolean => /gcm|chacha/.test(encr);
const list = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)
    .slice(0, 20);

/** What the export says about clamping, so that the result can be compared with it. */
function clampsOf(commands: readonly RouterosItem[], remarks: Set<string>, understood: Understood[]): ClampReading[] {
  const clamps = commands.filter(
    ({ values }) => values.get('action') === 'change-mss' && values.get('disabled') !== 'yes',
  );
  const fixed = clamps.filter(({ values }) => /^\d{1,9}$/.test(values.get('new-mss') ?? ''));
  for (const { values, line } of clamps) {
    const mss = values.get('new-mss') ?? '';
    understood.push({ line, says: `change-mss rule, new-mss ${/^[a-z0-9-]{1,20}$/.test(mss) ? mss : 'not printed'}` });
  }
  if (clamps.some(({ values }) => values.get('new-mss') === 'clamp-to-pmtu')) {
    remarks.add('clamp-to-pmtu does not see a policy-based SA on the way back; a fixed MSS in both directions does');
  }
  const directions = new Set(
    fixed.flatMap(({ values }) => /^(in|out),ipsec$/.exec(values.get('ipsec-policy') ?? '')?.[1] ?? []),
  );
  if (fixed.length > 1 && directions.size === 1) {
    const only = [...directions][0];
    remarks.add(
      `every change-mss rule says ipsec-policy=${only},ipsec: the ${only === 'in' ? 'outgoing' : 'incoming'} direction is never clamped`,
    );
  }
  return fixed.map(({ values, line }) => ({
    mss: Number(values.get('new-mss')),
    line,
    setting: 'new-mss=',
    owner: values.has('ipsec-policy') ? null : (values.get('out-interface') ?? values.get('in-interface') ?? null),
  }));
}
