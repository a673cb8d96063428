/**
 * A UDP flow has no sequence numbers: the words of the run and of the gaps hold what was asked and answered. Small and
 * large as `SMALL_PACKET` says. What is `OPEN` was sent since the peer was last heard.
 */
export const U = {
  OPEN: 56,
  /** Smallest packet of those, and frame of the first. */
  OPEN_IP: 57,
  OPEN_FRAME: 58,
  ANSWERED_SMALL: 60,
  ANSWERED_LARGE: 61,
  UNANSWERED_SMALL: 62,
  UNANSWERED_LARGE: 63,
  /**
   * Smallest large packet without an answer, first and last frame of such, size of the last, and how many repeat it.
   */
  UNANSWERED_IP: 102,
  UNANSWERED_FIRST: 103,
  UNANSWERED_LAST: 104,
  UNANSWERED_SIZE: 98,
  UNANSWERED_AGAIN: 99,
  /**
   * One large size again and again, each time after twice the wait: how often, its size, first and last frame; the most
   * of them.
   */
  WAIT_IP: 59,
  WAITS: 54,
  WAIT_FRAME: 107,
  MOST_WAITS: 108,
  MOST_WAITS_IP: 109,
  MOST_WAITS_FIRST: 92,
  MOST_WAITS_LAST: 93,
} as const;
/** Its times: the packet before, the last of the size that is waited for, and the wait before that. */
export const UT = { SENT: 8, WAIT: 9, WAITED: 10 } as const;
