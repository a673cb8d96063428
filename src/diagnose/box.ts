/** The snippet target of the box whose output was shown, by its format; the first that is known counts. */
const targets: readonly (readonly [RegExp, string])[] = [
  [/^routeros/, 'routeros'],
  [/^(?:ios|cisco)/, 'cisco'],
  [/^junos/, 'junos'],
  [/^fortios/, 'fortios'],
  [/^vyos/, 'vyos'],
  [/^openwrt/, 'openwrt'],
  [/^firewalld/, 'firewalld'],
  [/^(?:nftables|nft)/, 'nftables'],
  [/^(?:iptables|xfrm|swanctl|ipsec|libreswan|ike-log|ip-|wg)/, 'iptables'],
  [/^(?:setkey|pf)/, 'pf'],
];

export const boxOf = (formats: readonly string[]): string | undefined =>
  formats.flatMap((format) => targets.filter(([pattern]) => pattern.test(format)).map(([, target]) => target))[0];
