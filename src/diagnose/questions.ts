import type { CalcRequest } from '../mtu/calculation.js';

/** One answer that is offered; any other that the calculator knows may be typed as well. */
export interface Choice {
  /** What it is called on the command line. */
  readonly word: string;
  readonly says: string;
}

/** One question to a person who has named nothing. */
export interface Question {
  readonly id: 'symptom' | 'box' | 'tunnel' | 'wan';
  readonly asks: string;
  readonly choices: readonly Choice[];
  /** The word that an empty line stands for. */
  readonly usual: string;
  /** What else may be typed; null where only the choices count. */
  readonly free: string | null;
}

/** Symptoms, and the commands that look at just that one. */
export const symptoms = [
  { word: 'hangs', says: 'ping and logins work, large transfers hang', check: ['mtucalc probe HOST'] },
  {
    word: 'sites',
    says: 'some sites or services never load',
    check: ['mtucalc probe HOST --protocol tcp --port 443'],
  },
  {
    word: 'one-way',
    says: 'one direction works, the other hangs',
    check: ['tcpdump -i any -s 128 -w vpn.pcap tcp', 'mtucalc analyze vpn.pcap'],
  },
  {
    word: 'slow',
    says: 'everything works, slowly',
    check: ['mtucalc probe HOST', 'tcpdump -i any -s 128 -w vpn.pcap', 'mtucalc analyze vpn.pcap'],
  },
  { word: 'numbers', says: 'nothing yet: the numbers to set', check: [] },
] as const satisfies readonly (Choice & { readonly check: readonly string[] })[];

export type Symptom = (typeof symptoms)[number]['word'];

/** The word for a tunnel that is shown instead of named. */
export const PASTE = 'paste';

/** At most these four, in this order. */
export const questions: readonly Question[] = [
  { id: 'symptom', asks: 'What do you see?', choices: symptoms, usual: 'hangs', free: null },
  {
    id: 'box',
    asks: 'Which box shall the lines be for?',
    choices: [
      { word: 'routeros', says: 'MikroTik' },
      { word: 'nftables', says: 'Linux' },
      { word: 'openwrt', says: 'OpenWrt' },
      { word: 'opnsense', says: 'OPNsense' },
      { word: 'cisco', says: 'Cisco IOS' },
      { word: 'junos', says: 'Juniper' },
      { word: 'fortios', says: 'FortiGate' },
      { word: 'vyos', says: 'VyOS' },
    ],
    usual: 'nftables',
    free: 'any target of mtucalc snippet',
  },
  {
    id: 'tunnel',
    asks: 'Which cipher, or which tunnel?',
    choices: [
      { word: 'aes256-sha256', says: 'IPsec, AES-CBC with SHA-256' },
      { word: 'aes256gcm16', says: 'IPsec, AES-GCM' },
      { word: 'wireguard', says: 'WireGuard' },
      { word: PASTE, says: 'paste what the box prints of it' },
    ],
    usual: 'aes256-sha256',
    free: 'any suite, as the box writes it',
  },
  {
    id: 'wan',
    asks: 'Which access line?',
    choices: [
      { word: 'ethernet', says: 'cable, fibre, leased line: 1500' },
      { word: 'pppoe', says: 'DSL or fibre with PPPoE: 1492' },
      { word: 'ds-lite', says: 'IPv4 through DS-Lite' },
      { word: 'lte', says: 'mobile' },
    ],
    usual: 'ethernet',
    free: 'any of mtucalc ciphers --wan',
  },
];

/** What was typed, as a word of the command line; undefined where it is none of the choices and no other is taken. */
export function wordOf({ choices, usual, free }: Question, typed: string): string | undefined {
  const word = typed.trim();
  if (word === '') return usual;
  const numbered = /^\d{1,2}$/.test(word) ? choices[Number(word) - 1]?.word : undefined;
  const named = choices.find((choice) => choice.word === word.toLowerCase())?.word;
  return numbered ?? named ?? (free === null ? undefined : word);
}

/** The question as it is shown, the usual answer marked. */
export const questionLines = ({ asks, choices, usual, free }: Question): string[] => [
  asks,
  ...choices.map(({ word, says }, index) => `  ${index + 1}  ${word}: ${says}${word === usual ? ' (usual)' : ''}`),
  ...(free === null ? [] : [`  or ${free}`]),
];

/** The tunnel and the line in the calculator's terms; nothing of a tunnel that is pasted. */
export const requestFor = (tunnel: string, wan: string): CalcRequest => ({
  ...(tunnel === PASTE ? {} : tunnel === 'wireguard' ? { tunnel } : { cipher: tunnel }),
  wan,
});
