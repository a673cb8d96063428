import { readIptables } from '../config/iptables.js';
import type { NumberedLine } from '../config/lines.js';
import { readNft } from '../config/nft.js';
import { readSections, type SectionSetting } from '../config/sections.js';
import { type Device, type Facts, noFacts, place } from './facts.js';
import { rulesOfIptables } from './from-iptables.js';
import { rulesOfNft } from './from-nft.js';
import { mtuIn } from './octets.js';

const hooks = /^(?:PreUp|PostUp)$/i;

/**
 * wg-quick, or a .netdev of systemd-networkd: the MTU of the interface, the version of its endpoints, and the rules
 * that PostUp loads.
 */
export function factsOfWireguard(text: string): Facts {
  const { settings, count } = readSections(text);
  // systemd-networkd (.netdev) has the interface in two sections.
  const own = settings.filter(({ section }) => /^(?:Interface|WireGuard|NetDev)$/.test(section));
  const mtu = own.findLast(({ name }) => /^mtu(?:bytes)?$/i.test(name));
  const netdev = own.find(({ section, name }) => section === 'NetDev' && name === 'Name');
  const endpoints = settings.filter(({ name }) => /^endpoint$/i.test(name)).map(({ value }) => value);
  const start = own[0] ?? settings[0];
  const commands = own
    .filter(({ name }) => hooks.test(name))
    .map(({ line, value }): NumberedLine => ({ number: line, text: value }));
  const nft = commands.some(({ text: command }) => /\bnft\s/.test(command));
  const ruleset = nft ? rulesOfNft(readNft(commands).tables).ruleset : rulesOfIptables(readIptables(commands).tables);
  const device: Device = {
    ...place(mtu?.line ?? start?.sectionLine ?? 1, mtu?.text ?? '[Interface]'),
    name: netdev?.value ?? '%i',
    kind: 'wireguard',
    // Left out wg-quick takes the MTU of the route to the endpoint less 80.
    mtu: mtuIn(mtu?.value),
    said: mtu !== undefined,
    clampsItself: commands.length === 0,
    encrypted: true,
    outer:
      endpoints.length === 0
        ? undefined
        : endpoints.some((value) => value.startsWith('['))
          ? 6
          : endpoints.every((value) => /^\d+\.\d+\.\d+\.\d+:/.test(value))
            ? 4
            : undefined,
    set: (value) => (netdev ? `MTUBytes=${value}` : `MTU = ${value}`),
  };
  return {
    ...noFacts,
    format: 'wireguard',
    count,
    ruleset,
    rulesIn: nft ? 'nftables' : 'iptables',
    hasFirewall: ruleset.bases.some(({ table }) => /mangle|inet|ip/.test(table)),
    devices: start === undefined ? [] : [device],
    families: settings.some(({ name, value }) => /^(?:Address|AllowedIPs)$/i.test(name) && value.includes(':'))
      ? [4, 6]
      : [4],
  };
}

/** ipsec.conf of strongSwan and libreswan: only what the daemon is told, nothing of the packets' way. */
export function factsOfIpsecConf(text: string): Facts {
  const { settings, count } = readSections(text);
  const shown = settings.find(
    ({ section, name }) => section.startsWith('conn ') && /^(?:left|right|esp|phase2alg)/.test(name),
  );
  const asSetting = ({ line, text: raw, section, name, value }: SectionSetting) => ({
    ...place(line, raw),
    path: `${section}.${name}`,
    name,
    value,
    inChild: section.startsWith('conn '),
  });
  return {
    ...noFacts,
    format: 'ipsec-conf',
    count,
    settings: settings.map(asSetting),
    ipsec: { byPolicy: shown !== undefined, place: shown && place(shown.line, shown.text), pairs: [] },
  };
}
