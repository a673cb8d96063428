import type { Verdict } from './verdict.js';

/** What a verdict means, in one sentence for a person. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  ok: 'No MTU or MSS problem: large packets arrive.',
  'clamp-ok': 'The MSS is clamped to a value that fits; large packets arrive.',
  'pmtud-works': 'Path MTU discovery works: oversize packets drew a PTB and the sender shrank.',
  'black-hole': 'A black hole: large packets vanish and no PTB comes back.',
  'black-hole-suspected': 'A black hole is likely: small packets pass, large ones seem to be missing.',
  'black-hole-plpmtud': 'A black hole that the sender worked around by itself, after a stall.',
  'clamp-one-way': 'The MSS is clamped in one direction only.',
  'clamp-too-high': 'The MSS is clamped, but too high for the path.',
  'clamp-too-low': 'The MSS is clamped lower than it need be.',
  'mss-ignored': 'A host sends more than the MSS announced to it.',
  'ptb-ignored': 'PTBs reach the sender, and it keeps its size.',
  'post-frag': 'Encapsulated packets are fragmented on the outside.',
  'post-frag-dropped': 'Encapsulated packets are fragmented, and the fragments are lost.',
  'pre-frag': 'A gateway fragments the inner packets before it encapsulates them.',
  'source-frag': 'The sending host fragments its own packets: no fault where all pieces arrive.',
  'udp-df-ptb': 'UDP packets with DF are too large and draw PTBs.',
  resegmentation: 'Segments are cut by offload, not by IP fragmentation; no problem of the path.',
  'ptb-zero-mtu': 'PTBs carry no MTU, so that senders fall far too low.',
  'ptb-bogus-mtu': 'PTBs announce an MTU that no path has.',
  'ptb-unrelated': 'PTBs quote other connections; those seen here are not affected.',
  'ptb-translated': 'PTBs went to a translated address, and may not reach the sender.',
  'loss-not-mtu': 'Packets are lost now and again, and large ones arrive: a lossy path, not its MTU.',
  'esp-only': 'Only encrypted packets can be seen: sizes, but not what is inside.',
  'offload-artifact': 'The capture shows packets merged by offload; no problem of the path.',
  'peer-gone':
    'A host answers nothing any more, small packets neither: it is gone, or a filter drops all; no matter of size.',
  'not-passed-on': 'A device drops or keeps back what it should pass on: both its sides are in this capture.',
  'ike-fragments': 'IKE messages in IP fragments are not answered: the fragments are dropped on the way.',
  'path-measured': 'The capture itself measures the path: what fits, and what does not.',
  inconclusive:
    'This capture cannot tell: nothing proves that large packets arrive everywhere, and nothing that they do not.',
};
