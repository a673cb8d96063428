import type { LintRule } from '../rule.js';
import { cannotLoad } from './cannot-load.js';
import { clampNotReached } from './clamp-not-reached.js';
import { clampOnWan } from './clamp-on-wan.js';
import { conditionalClamp } from './conditional-clamp.js';
import { copyDfNo } from './copy-df-no.js';
import { dfClearedTooLate } from './df-cleared-too-late.js';
import { encapNotCounted } from './encap-not-counted.js';
import { fasttrackBeforeIpsec } from './fasttrack-before-ipsec.js';
import { flowtableBeforeIpsec } from './flowtable-before-ipsec.js';
import { guardMisses } from './guard-misses.js';
import { ifIdOneSided } from './if-id-one-sided.js';
import { interfaceMtu } from './interface-mtu.js';
import { ipv6TakesIpv4Value } from './ipv6-takes-ipv4-value.js';
import { masqueradeTakesIpsec } from './masquerade-takes-ipsec.js';
import { missingIpv6Twin } from './missing-ipv6-twin.js';
import { mssAboveBudget } from './mss-above-budget.js';
import { mssBelowBudget } from './mss-below-budget.js';
import { noClamp } from './no-clamp.js';
import { notPlausible } from './not-plausible.js';
import { oneDirectionClamp, returnRuleRepeats } from './one-direction-clamp.js';
import { pmtuOneDirection } from './pmtu-one-direction.js';
import { policyMatchOnInterface } from './policy-match-on-interface.js';
import { ptbFiltered } from './ptb-filtered.js';
import { swanctlUnknownMtu } from './swanctl-unknown-mtu.js';
import { synMissesSynAck } from './syn-misses-syn-ack.js';
import { unfinished } from './unfinished.js';
import { unguardedClamp } from './unguarded-clamp.js';
import { unread } from './unread.js';

/** The registry: one line for each rule. */
export const lintRules: readonly LintRule[] = [
  fasttrackBeforeIpsec,
  flowtableBeforeIpsec,
  clampNotReached,
  returnRuleRepeats,
  oneDirectionClamp,
  synMissesSynAck,
  guardMisses,
  noClamp,
  notPlausible,
  mssAboveBudget,
  mssBelowBudget,
  pmtuOneDirection,
  policyMatchOnInterface,
  clampOnWan,
  conditionalClamp,
  missingIpv6Twin,
  ipv6TakesIpv4Value,
  masqueradeTakesIpsec,
  ptbFiltered,
  interfaceMtu,
  dfClearedTooLate,
  unguardedClamp,
  cannotLoad,
  unread,
  unfinished,
  swanctlUnknownMtu,
  copyDfNo,
  encapNotCounted,
  ifIdOneSided,
];
