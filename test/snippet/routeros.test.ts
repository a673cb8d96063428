import { describe, expect, test } from 'vitest';
import type { PlanChoices } from '../../src/snippet/plan.js';
import { esp, plan, render } from './cases.js';
import { parseRouteros } from './routeros-grammar.js';

const nets: PlanChoices = {
  localNets: ['10.1.0.0/24', '2001:db8:1::/64'],
  remoteNets: ['10.2.0.0/24', '10.3.0.0/24', '2001:db8:2::/64'],
};

describe('every command is of the grammar', () => {
  const choices: PlanChoices[] = [];
  for (const fasttrack of ['defconf', 'mark', 'raw'] as const) {
    for (const clearDf of [false, true])
      for (const lanIf of [undefined, 'bridge "LAN"\\']) choices.push({ ...nets, fasttrack, clearDf, lanIf });
  }
  const words = ['routeros', 'routeros@6'];
  test.for(words.flatMap((word) => choices.map((choice) => ({ word, choice }))))(
    '$word $choice',
    ({ word, choice }) => {
      for (const request of [esp, { ...esp, inner: 4 as const }, { ...esp, inner: 6 as const }]) {
        const of =
          request === esp || !choice.clearDf || (request as { inner?: number }).inner === 4
            ? plan(request, choice)
            : undefined;
        if (!of) continue;
        const commands = parseRouteros(render(word, of));
        const clamps = commands.filter(({ properties }) => properties.get('action') === 'change-mss');
        for (const menu of of.families.map((family) =>
          family === 4 ? '/ip firewall mangle' : '/ipv6 firewall mangle',
        )) {
          const mss = menu.startsWith('/ipv6') ? of.mss.ipv6 : of.mss.ipv4;
          const here = clamps.filter((command) => command.menu === menu);
          expect(here.map(({ properties }) => properties.get('ipsec-policy'))).toEqual(['out,ipsec', 'in,ipsec']);
          expect(here.map(({ properties }) => [properties.get('new-mss'), properties.get('tcp-mss')])).toEqual(
            Array(2).fill([`${mss}`, `${mss + 1}-65535`]),
          );
        }
        // change-mss stands above the marks: a rule below one without passthrough would never run.
        const marks = commands.filter(({ properties }) => properties.get('action') === 'mark-connection');
        expect(Math.max(...clamps.map(({ line }) => line))).toBeLessThan(
          Math.min(Number.POSITIVE_INFINITY, ...marks.map(({ line }) => line)),
        );
        expect(parseRouteros(render(word, of, true)).every(({ verb }) => verb !== 'add')).toBe(true);
      }
    },
  );
});

describe('the grammar refuses', () => {
  test.for([
    ['unknown menu', '/ip firewall mangel\nadd action=accept'],
    ['unknown property', '/ip firewall mangle\nadd action=change-mss chain=forward new-msss=1'],
    ['value out of form', '/ip firewall mangle\nadd action=change-mss chain=forward new-mss=65536'],
    ['a second command', '/ip firewall mangle\nadd action=clear-df chain=prerouting; /system reboot'],
    ['a substitution', '/ip firewall mangle\nadd action=clear-df chain=prerouting comment="$x"'],
    ['clear-df for IPv6', '/ipv6 firewall mangle\nadd action=clear-df chain=prerouting'],
    [
      'change-mss without protocol',
      '/ip firewall mangle\nadd action=change-mss chain=forward new-mss=1400 tcp-flags=syn tcp-mss=1401-65535',
    ],
    ['another verb', '/system reboot'],
  ] as const)('%s', ([, text]) => {
    expect(() => parseRouteros(text)).toThrow(/^line /);
  });
});
