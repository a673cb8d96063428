import type { Detector } from '../detector.js';
import { aboveMss } from './above-mss.js';
import { blackHole } from './black-hole.js';
import { blackHolePlpmtud } from './black-hole-plpmtud.js';
import { clampOk } from './clamp-ok.js';
import { clampOneWay } from './clamp-one-way.js';
import { clampTooHigh } from './clamp-too-high.js';
import { clampTooLow } from './clamp-too-low.js';
import { copies } from './copies.js';
import { dfMissing } from './df-missing.js';
import { encapsulatedFragments } from './encapsulated-fragments.js';
import { endsEarly } from './ends-early.js';
import { hole } from './hole.js';
import { ikeFragments } from './ike-fragments.js';
import { innerFragments } from './inner-fragments.js';
import { ipv6Below1280 } from './ipv6-below-1280.js';
import { late } from './late.js';
import { loss } from './loss.js';
import { merged } from './merged.js';
import { mergedBehind } from './merged-behind.js';
import { mssAbovePath } from './mss-above-path.js';
import { passingHole } from './passing-hole.js';
import { pathMeasured } from './path-measured.js';
import { peerGone } from './peer-gone.js';
import { pmtudWorks } from './pmtud-works.js';
import { prohibited } from './prohibited.js';
import { ptbIgnored } from './ptb-ignored.js';
import { ptbOdd } from './ptb-odd.js';
import { ptbRare } from './ptb-rare.js';
import { snapped } from './snapped.js';
import { stalled } from './stalled.js';
import { strayPtb } from './stray-ptb.js';
import { stuck } from './stuck.js';
import { tunnelPtb } from './tunnel-ptb.js';
import { tunnelWaits } from './tunnel-waits.js';
import { twoPoints } from './two-points.js';
import { udpDfPtb } from './udp-df-ptb.js';
import { udpLost } from './udp-lost.js';
import { unanswered } from './unanswered.js';
import { zeroWindow } from './zero-window.js';

/** The registry: one line for each detector. Capture detectors see what stands above them. */
export const detectors: readonly Detector[] = [
  blackHole,
  prohibited,
  blackHolePlpmtud,
  passingHole,
  hole,
  late,
  peerGone,
  udpLost,
  pathMeasured,
  ikeFragments,
  ptbIgnored,
  ptbOdd,
  ptbRare,
  pmtudWorks,
  udpDfPtb,
  aboveMss,
  clampTooHigh,
  mssAbovePath,
  loss,
  dfMissing,
  merged,
  mergedBehind,
  tunnelPtb,
  tunnelWaits,
  encapsulatedFragments,
  innerFragments,
  strayPtb,
  ipv6Below1280,
  twoPoints,
  stuck,
  endsEarly,
  unanswered,
  clampOneWay,
  clampTooLow,
  clampOk,
  stalled,
  copies,
  zeroWindow,
  snapped,
];
