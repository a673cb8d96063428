import type { FlowFacts } from '../flow/flow-facts.js';

/** Silence shorter than this is no sign, seconds: a timer of TCP may be running (RFC 6298 2.4). */
const LEAST = 1;
/** Nor is one of fewer round trips. */
const ROUND_TRIPS = 8;

/** How long nothing must have come of a flow until that says something, seconds. */
export const telling = ({ rtt }: FlowFacts): number => Math.max(LEAST, ROUND_TRIPS * (rtt ?? 0));
