/**
 * What silence proves: every probability that a verdict of the probe rests on, and where it comes from.
 *
 * **A hole, or loss that prefers large packets?** Below some size everything arrives, above it nothing does. The rival
 * of a hole is a path that loses a share p of the packets above that size at random (bit errors, a policer, a bad
 * optic). k silences of k are p^k likely there, and certain in a hole: Wald's sequential test of p against 1 ends with
 * the hole once p^k <= HOLE_DOUBT, and an arrival ends it the other way (A. Wald, Sequential Tests of Statistical
 * Hypotheses, Ann. Math. Statist. 16, 1945, 3.3; the error of the second kind is 0, as a hole lets nothing through). No
 * number of silences refutes every p, so one has to be named: HOLE_LOSS. TCP carries nothing any more at nine in ten
 * lost (RFC 5348 §3.1 with t_RTO = 4 R: one packet in 170 round trips), so that what is left beyond is a hole to
 * whoever uses it. 44 silences follow. Where sizes just below the limit are lost more often than that, their rate
 * counts.
 *
 * **Which size?** That there is a hole says not where it begins: one octet more than arrives has to be met by so many
 * silences that the loss of the sizes that fit explains them less often than LIMIT_DOUBT. The loss is not known but
 * estimated from few packets, so that the mean of its distribution (Laplace's rule of succession) and one standard
 * deviation on top are reckoned with: of all sizes that fit, and of the largest of them alone, whichever is worse.
 *
 * **In pairs**, where each size is sent with one that fits, n vanish and m partners are answered: at any rate of loss,
 * all taken to be as likely, chance does so n! m! / (n + m + 1)! of the times (the Beta integral); PAIR_DOUBT bounds
 * it.
 *
 * **In an order**: what is answered m times and then n times not, has changed, unless one of the C(n + m, n) orders,
 * which are as likely as each other under any steady loss, came by chance (a permutation test; R. A. Fisher, The Design
 * of Experiments, 1935, §21). ORDER_DOUBT bounds it, and the two by two table of loss by size as well (ibid.).
 *
 * What came of it (test/probe/large-loss.test.ts with MTUCALC_SEEDS=667; paths that lose packets above 600, 1000 or
 * 1400 octets at random, 2,001 runs a cell; engines raw, errqueue, tcp, ping; at most 10, 25, 50, 100, 600 packets):
 * none of 160,080 runs at 30, 50, 65 and 80 % lost ended in a hole or a wrong number. At 90 %, the share of false
 * holes, of wrong numbers and intervals in brackets, in percent:
 *
 *     packets      10    25    50         100        600
 *     raw          0     0     0          0.9 (1.0)  0.6 (0.9)
 *     errqueue     0     0     0          0.9 (1.0)  0.6 (0.9)
 *     tcp          0     0     0.4 (0.6)  1.4 (1.7)  1.4 (1.4)
 *     ping         0     0     0          1.4 (1.6)  1.0 (1.0)
 */

/** Loss of large packets that is told from a hole. */
export const HOLE_LOSS = 0.9;
/** Chance we accept that a path with that loss is called a hole. */
export const HOLE_DOUBT = 0.01;
/** Chance we accept that a size is called too big although all its probes were merely lost. */
const LIMIT_DOUBT = 1e-4;
/** The same for pairs: every rate of loss is taken to be as likely as any other, which it is not. */
const PAIR_DOUBT = 1e-3;
/** Chance we accept that an order of answers and silences, or a difference between sizes, came by itself. */
export const ORDER_DOUBT = 0.01;
/** The same where a false alarm costs a few packets more. */
const SIZE_DOUBT = 0.05;
/** More loss than this is never reckoned with as independent: what is certain then comes from pairs alone. */
const MOST_LOSS = 0.97;

/** Round trips asked, and those that were lost. */
export interface Tally {
  readonly sent: number;
  readonly lost: number;
}

/** Loss to reckon with: the rule of succession and one standard deviation on top. */
export function cautious({ sent, lost }: Tally): number {
  const mean = (lost + 1) / (sent + 2);
  return Math.min(MOST_LOSS, mean + Math.sqrt((mean * (1 - mean)) / (sent + 3)));
}

/** Loss of the largest sizes that fit, of those whose loss is plainly worse than that of the others; else 0. */
export function worstAmongLarge(all: Tally, larger: readonly Tally[]): number {
  const rest = ({ sent, lost }: Tally): Tally => ({ sent: all.sent - sent, lost: all.lost - lost });
  return Math.max(0, ...larger.filter((large) => bySizeAlone(large, rest(large)) <= SIZE_DOUBT).map(cautious));
}

const triesBelow = (doubt: number, loss: number): number => Math.ceil(Math.log(doubt) / Math.log(loss));

/** Silences to everything above what arrives, none of it answered, before it is a hole; `near`: loss just below. */
export const silencesOfHole = (near: number): number => triesBelow(HOLE_DOUBT, Math.max(HOLE_LOSS, near));

/** Silences to a size, in bursts, before it counts as too big. */
export const silencesOfLimit = (loss: number): number => Math.max(2, triesBelow(LIMIT_DOUBT, loss));

/** The same in pairs of which none lost its partner; `answered` partners. */
export function silencesInPairs(answered: number): number {
  let n = 2;
  while (n < 20 && byChance(n, answered) > PAIR_DOUBT) n++;
  return n;
}

/** Tries that make one answer likely where one is to come. */
export const triesFor = (loss: number): number => Math.min(8, triesBelow(0.01, loss));

/** Rate of loss at which `silences` in a row come about once in a hundred runs: less is refuted. */
export const lossBehind = (silences: number): number => HOLE_DOUBT ** (1 / Math.max(1, silences));

/** n! m! / (n + m + 1)!, the integral of p^n (1 - p)^m from 0 to 1. */
function byChance(n: number, m: number): number {
  let value = 1 / (n + m + 1);
  for (let i = 1; i <= n; i++) value *= i / (m + i);
  return value;
}

/** Chance that of `answered` and `silent` tries the answered ones all come first. */
export const inOrder = (answered: number, silent: number): number => 1 / choose(answered + silent, silent);

/** Chance that as many or more of the lost ones fall on the large, were size nothing to them (Fisher's exact test). */
export function bySizeAlone(large: Tally, small: Tally): number {
  const lost = large.lost + small.lost;
  const all = choose(large.sent + small.sent, lost);
  let chance = 0;
  for (let n = large.lost; n <= Math.min(lost, large.sent); n++)
    chance += (choose(large.sent, n) * choose(small.sent, lost - n)) / all;
  return Math.min(1, chance);
}

function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  let value = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) value = (value * (n - Math.min(k, n - k) + i)) / i;
  return value;
}
