import { MtucalcError } from '../error.js';
import type { Network } from './network.js';

/** `--ipsec` where the tunnel has no place for it. @throws MtucalcError `impossible` */
export function checkStyle(said: string | undefined, isIpsec: boolean, ownInterface: boolean, tunnel: string): void {
  if (said === undefined) return;
  if (!isIpsec) throw new MtucalcError('impossible', `--ipsec ${said} needs an IPsec tunnel; ${tunnel} is none`);
  if (ownInterface)
    throw new MtucalcError(
      'impossible',
      `--ipsec ${said} does not apply: ${tunnel} has an interface of its own`,
      'leave --ipsec out, --tunnel-if names the interface',
    );
}

/** Transport mode has no interface. @throws MtucalcError `impossible` */
export function checkMode(style: string, transport: boolean): void {
  if (transport && style !== 'policy')
    throw new MtucalcError(
      'impossible',
      `--ipsec ${style} needs tunnel mode: transport mode has no interface`,
      'leave it out, or describe what runs inside (--tunnel gre-ipsec, l2tp-ipsec)',
    );
}

/** `--if-id`, and that the style has one. @throws MtucalcError `bad-value`, `impossible` */
export function checkIfId(ifId: number | undefined, style: string): void {
  if (ifId === undefined) return;
  if (!(ifId >= 1 && ifId <= 0xffffffff && Number.isInteger(ifId)))
    throw new MtucalcError('bad-value', `--if-id ${ifId} is outside 1 to 4294967295`);
  if (style !== 'xfrm')
    throw new MtucalcError('impossible', `--if-id belongs to an xfrm interface, not to --ipsec ${style}`);
}

/** At least one IP version is left inside. @throws MtucalcError `impossible` */
export function checkFamilies(families: readonly (4 | 6)[]): void {
  if (families.length === 0)
    throw new MtucalcError(
      'impossible',
      'the networks given leave no IP version inside the tunnel',
      '--local-net and --remote-net of the same IP version as each other and as --inner',
    );
}

/** DF is cleared for IPv4 and towards named networks only. @throws MtucalcError `incomplete`, `impossible` */
export function checkClearDf(families: readonly (4 | 6)[], remoteNets: readonly Network[]): void {
  if (remoteNets.length === 0)
    throw new MtucalcError(
      'incomplete',
      'clearing DF without --remote-net would strip it from all traffic',
      'give --remote-net, for example --remote-net 10.2.0.0/24',
    );
  if (!families.includes(4))
    throw new MtucalcError(
      'impossible',
      'IPv6 has no DF bit: routers never fragment it (RFC 8200 section 5)',
      'leave --clear-df out',
    );
}
