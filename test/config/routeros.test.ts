import { describe, expect, test } from 'vitest';
import { readRouteros } from '../../src/config/routeros.js';

const mangle = { menu: 'ip firewall mangle', verb: 'add' };

/** What is written, and the commands it is: [line, menu, verb, some of the values]. */
const rows: readonly [says: string, text: string, commands: readonly object[]][] = [
  ['menu, then verb', '/ip firewall mangle\nadd chain=forward', [{ ...mangle, line: 2 }]],
  ['all in one line', '/ip firewall mangle add chain=forward', [{ ...mangle, line: 1 }]],
  ['v7, menu with slashes', '/ip/firewall/mangle add chain=forward', [{ ...mangle, line: 1 }]],
  ['v7, the verb in the path', '/ip/firewall/mangle/add chain=forward', [{ ...mangle, line: 1 }]],
  [
    'a command with a path leaves the menu as it was',
    '/ip firewall mangle\n/ip ipsec policy add tunnel=yes\nadd chain=forward',
    [
      { menu: 'ip ipsec policy', line: 2 },
      { ...mangle, line: 3 },
    ],
  ],
  ['a prompt', '[admin@edge] > /ip firewall mangle add chain=forward', [mangle]],
  ['a prompt with a menu', '[admin@edge] /ip firewall mangle> add chain=forward', [mangle]],
  [
    'behind a backslash',
    '/ip firewall mangle\nadd chain=for\\\n    ward new-mss=\\\n    1382',
    [{ ...mangle, line: 2 }],
  ],
  ['a quote over two lines', '/ip firewall mangle\nadd comment="a\nb" chain=forward', [{ ...mangle, line: 2 }]],
  [
    'inside a condition',
    ':if ([:len [/ip firewall nat find]] > 0) do={ /ip firewall nat add chain=srcnat place-before=[find] } else={ :put "none" }',
    [{ menu: 'ip firewall nat', verb: 'add', line: 1 }],
  ],
  ['a body over lines', ':if (true) do={\n/ip firewall mangle\nadd chain=forward\n}', [{ ...mangle, line: 1 }]],
  ['disabled', '/ip firewall mangle add chain=forward disabled=yes', [{ ...mangle, active: false }]],
  ['set by number', '/ip ipsec policy set 0 dst-address=0.0.0.0/0', [{ verb: 'set', target: '0' }]],
  [
    'set by search',
    '/ip ipsec proposal set [ find default=yes ] name=a',
    [{ verb: 'set', target: '[ find default=yes ]' }],
  ],
  ['a rule without its menu', 'add action=change-mss chain=forward', [mangle]],
  [
    'print',
    '[admin@edge] > /ip/firewall/mangle/print\nFlags: X - DISABLED; D - DYNAMIC\n 0 X  ;;; old\n      chain=forward\n 1    chain=input action=accept\n      log=no',
    [
      { menu: 'ip firewall mangle', verb: 'print' },
      { ...mangle, line: 3, active: false },
      { ...mangle, line: 5, active: true },
    ],
  ],
];

test.for(rows)('%s', ([, text, commands]) => {
  const read = readRouteros(text);
  expect(read.commands).toMatchObject(commands);
  expect(read.commands).toHaveLength(commands.length);
  expect(read.count.unread).toEqual([]);
  expect(read.count.read).toBe(read.count.lines);
});

test('values: quotes taken off, continued lines joined, secrets gone', () => {
  const [command] = readRouteros(
    '/interface l2tp-client add name="a \\"b\\"" max-mtu=\\\n  1450 password="x y" ipsec-secret=abc comment=mine',
  ).commands;
  expect(Object.fromEntries(command?.values ?? [])).toEqual({
    name: 'a "b"',
    'max-mtu': '1450',
    password: '',
    'ipsec-secret': '',
    comment: 'mine',
  });
  expect(command?.text).not.toMatch(/x y|abc|mine/);
});

describe('what is no command is counted and named', () => {
  test.for([
    ['nonsense here', 1],
    ['/ip firewall mangle\nad chain=forward', 2],
    [':foreach i in=[/interface find] do={ $x }', 1],
  ] as const)('%s', ([text, line]) => {
    const { count } = readRouteros(text);
    expect(count.unread.map((unread) => unread.line)).toEqual([line]);
    expect(count.read).toBe(count.lines - 1);
  });
});

test('a quote that a paste lost swallows no command below it', () => {
  const { commands } = readRouteros('/ip firewall mangle\nadd comment="lost chain=forward\nadd chain=forward\n');
  expect(commands.map(({ line }) => line)).toEqual([2, 3]);
});
