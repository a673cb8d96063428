import { DEEPEST, type Frame, Stop } from './frame.js';

/** Notes a tunnel; false where the nesting is deeper than is followed. */
export function enterTunnel(frame: Frame, kind: number, at: number): boolean {
  frame.layers |= kind;
  if (frame.tunnels === DEEPEST) {
    frame.stop = Stop.deep;
    frame.stopAt = at;
    return false;
  }
  frame.path[frame.tunnels] = kind;
  frame.tunnels += 1;
  return true;
}
