import type { Clamp } from '../facts.js';
import type { LintProfile } from '../rule.js';

/** Whether a clamp is meant for the tunnel: one tied to the WAN alone (a PPPoE clamp) is not. */
export function ofTunnel(
  { by, interfaces }: Clamp,
  { tunnelIf, wanIf }: LintProfile,
  wanInterfaces: readonly string[],
): boolean {
  if (by !== 'interface') return true;
  if (tunnelIf !== undefined) return interfaces.includes(tunnelIf);
  return !interfaces.every((name) => name === wanIf || wanInterfaces.includes(name));
}
