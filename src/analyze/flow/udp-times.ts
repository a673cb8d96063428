/** Seconds of a conversation over UDP, and how often. */
export const UDP = {
  /** A request that the next one of its sender follows this late was not answered: no round trip is longer by usual. */
  UNANSWERED: 0.1,
  /** The shortest wait of a sender that times out (Linux has 0.2). */
  LEAST_WAIT: 0.15,
  /** An answer comes within this; what comes later may be the next request. */
  ANSWER: 1,
  /**
   * Who answers asks nothing, so that the next request is no answer to it; soon after, and so many times, it is a
   * tunnel's.
   */
  PROMPT: 0.1,
  LEAST_PROMPT: 4,
  /**
   * Behind so many packets without an answer a small one answers none of them: a stream with reports of its receiver
   * (RFC 3550 6).
   */
  MOST_OPEN: 32,
} as const;
