import type { Mss } from '../mtu/mss.js';
import type { IpsecStyle } from '../snippet/plan.js';

/** What the user says about the tunnel; without it the rules judge by the file alone. */
export interface LintProfile {
  readonly mss?: Mss | undefined;
  readonly tunnelMtu?: number | undefined;
  /** IP MTU of the link under the tunnel. */
  readonly linkMtu?: number | undefined;
  /** Headers of the tunnel, outermost first, as `calc` names them; empty: a link without a tunnel. */
  readonly layers?: readonly string[] | undefined;
  readonly style?: IpsecStyle | undefined;
  readonly tunnelIf?: string | undefined;
  readonly wanIf?: string | undefined;
  /** IP version outside, where it was said. */
  readonly outer?: 4 | 6 | undefined;
  /** The only IP version inside, where it was said. */
  readonly inner?: 4 | 6 | undefined;
  /** As requested: false says UDP encapsulation is not counted in the numbers. */
  readonly natT?: boolean | undefined;
}

/** How the gateway sees the tunnel: as said, or as `snippet` takes it from the same description. */
export function styleOf({ style, layers, tunnelIf }: LintProfile): IpsecStyle | undefined {
  if (style !== undefined || layers === undefined) return style;
  const innermost = layers.findLast((layer) => !layer.startsWith('own IP')) ?? '';
  if (!/^(ESP|AH)\b/.test(innermost)) return 'none';
  return tunnelIf === undefined ? 'policy' : undefined;
}

/** The numbers that fit, for one IP version. */
export const limitOf = ({ mss }: LintProfile, family: 4 | 6): number | undefined =>
  mss === undefined ? undefined : family === 4 ? mss.ipv4 : mss.ipv6;
