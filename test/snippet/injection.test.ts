import { describe, expect, test } from 'vitest';
import { MtucalcError } from '../../src/error.js';
import type { ClampPlan, PlanChoices } from '../../src/snippet/plan.js';
import { targets } from '../../src/snippet/targets/index.js';
import { esp, plan, render } from './cases.js';
import { parseRouteros } from './routeros-grammar.js';

const MARKER = 'PWNED';
const nasty = [
  '"',
  "'",
  '\\',
  '`',
  '$',
  ';',
  '|',
  '&',
  '*',
  '+',
  '?',
  '#',
  '!',
  '{',
  '}',
  '(',
  ')',
  '<',
  '>',
  '=',
  ',',
  ':',
  '%',
  '~',
  ' ',
  '\n',
  '\r',
  '\t',
  '\0',
  '\u001b',
  '\u0085',
  '\u2028',
  'é',
  '日本',
  '💥',
].flatMap((char, index) => [`a${char}${MARKER}`, index % 2 === 0 ? `${char}${MARKER}` : `${MARKER}${char}`]);
const hostile = [
  ...nasty,
  `x"; ${MARKER}`,
  `$(${MARKER})`,
  `\`${MARKER}\``,
  `x\nadd ${MARKER}=1`,
  `x\r\n${MARKER}`,
  `' ; ${MARKER} '`,
  `-${MARKER}`,
  `../${MARKER}`,
  `MTUCALC\n${MARKER}`,
  `"] ${MARKER}`,
  '',
  '.',
  '..',
  `a${'b'.repeat(300)}`,
];

const good: PlanChoices = {
  conn: 'site',
  child: 'net',
  localNets: ['10.1.0.0/24'],
  remoteNets: ['10.2.0.0/24'],
  policyIds: [1, 2],
};
/** Interface names that are right for each language. */
const names: Readonly<Record<string, PlanChoices>> = {
  vyos: { tunnelIf: 'vti0', lanIf: 'eth1', wanIf: 'eth0' },
  cisco: { tunnelIf: 'Tunnel0', lanIf: 'GigabitEthernet0/1', wanIf: 'GigabitEthernet0/0' },
  junos: { tunnelIf: 'st0.0', lanIf: 'ge-0/0/1', wanIf: 'ge-0/0/0' },
  pf: { tunnelIf: 'sec0', lanIf: 'em1', wanIf: 'em0' },
  edgeos: { tunnelIf: 'vti0', lanIf: 'eth1', wanIf: 'eth0' },
  panos: { tunnelIf: 'tunnel.1', lanIf: 'ethernet1/2', wanIf: 'ethernet1/1' },
  iosxr: { tunnelIf: 'tunnel-ip1', lanIf: 'TenGigE0/0/0/1', wanIf: 'TenGigE0/0/0/0' },
  huawei: { tunnelIf: 'Tunnel0/0/1', lanIf: 'GigabitEthernet0/0/1', wanIf: 'GigabitEthernet0/0/0' },
  other: { tunnelIf: 'ipsec0', lanIf: 'lan0', wanIf: 'wan0' },
};

const styles: readonly PlanChoices[] = [{ ipsec: 'policy' }, { ipsec: 'xfrm', ifId: 42 }, { ipsec: 'vti' }];

/** Commands only: what stands behind the comment mark cannot do anything. */
const effective = (text: string, comment: string): string[] =>
  text.split('\n').filter((line) => !line.trimStart().startsWith(comment) && line.trim() !== '');

/** PowerShell: one command a line, the name between single quotes and none inside. */
const quotedOnce = /^Set-NetIPInterface -InterfaceAlias '[A-Za-z0-9 _.()#+-]+' -AddressFamily IPv[46] -NlMtuBytes \d+$/;

describe.for(targets.filter(({ id }) => id !== 'wireguard'))('$id', (target) => {
  const base = {
    ...good,
    ...(names[target.id] ?? names.other),
    clearDf: true,
    flowtable: true,
    fasttrack: 'raw' as const,
    copyDf: false,
  };
  const words = (target.versions ?? ['']).map((version) => (version ? `${target.id}@${version}` : target.id));
  const fields = ['tunnelIf', 'wanIf', 'lanIf', 'conn', 'child'] as const;

  test.for(fields)('%s', (field) => {
    for (const word of words) {
      for (const style of styles) {
        for (const undo of [false, true]) {
          const of = planOrNone({ ...base, ...style });
          if (of === undefined) continue;
          const clean = attempt(word, of, undo);
          if (clean === undefined) continue;
          for (const value of undo ? hostile.filter((_value, index) => index % 4 === 0) : hostile) {
            const text = attempt(word, { ...of, [field]: value }, undo);
            if (text === undefined || text === clean) continue;
            // Not refused: unused, or quoted; as many commands as with a harmless name, and nothing escapes its line.
            expect(text).not.toMatch(/[^\x20-\x7e\n\t]/);
            expect(effective(text, target.comment).length, `${word} ${JSON.stringify(value)}`).toBe(
              effective(clean, target.comment).length,
            );
            if (target.id === 'routeros') expect(() => parseRouteros(text)).not.toThrow();
            else if (target.id === 'windows')
              expect(effective(text, target.comment).filter((line) => !quotedOnce.test(line))).toEqual([]);
            else expect(effective(text, target.comment).join('\n')).toBe(effective(clean, target.comment).join('\n'));
          }
        }
      }
    }
  });

  test('networks', () => {
    for (const value of [
      ...hostile,
      '10.0.0.0/33',
      '10.0.0.256',
      '10.1.0.0/24;x',
      '10.1.0.0/24\n',
      '::1/129',
      '1::2::3',
      ':::',
      '2001:db8::/64 accept',
    ]) {
      for (const side of ['localNets', 'remoteNets'] as const) {
        const made = planOrNone({ ...base, ipsec: 'policy', [side]: [value] });
        expect(made === undefined || value === '10.1.0.0/24\n', value).toBe(true);
      }
    }
  });
});

/** The text, or undefined where it is refused in one clear sentence. */
const attempt = (word: string, of: ClampPlan, undo: boolean): string | undefined =>
  unlessRefused(() => render(word, of, undo));

const planOrNone = (choices: PlanChoices): ClampPlan | undefined =>
  unlessRefused(() => plan(esp, { ...choices, inner: 4 }));

function unlessRefused<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
    expect(error.message).toMatch(/^[^\n\r]+$/);
    return undefined;
  }
}

test('text from a file of the user’s own stays inside its comment', () => {
  const of = {
    ...plan(esp),
    described: `x\n${MARKER} \\`,
    wan: `ppp\n${MARKER}`,
    notes: [`a\r\n${MARKER}`, `b\u2028${MARKER}\\`],
  };
  for (const { id, comment, versions } of targets) {
    const text = ((): string => {
      try {
        return render(versions ? `${id}@${versions.at(-1)}` : id, of);
      } catch {
        return '';
      }
    })();
    expect(effective(text, comment).filter((line) => line.includes(MARKER))).toEqual([]);
    expect(text).not.toMatch(/\\\n/);
  }
});
