import { expect, test } from 'vitest';
import { lint } from '../../src/lint/lint.js';
import type { LintProfile } from '../../src/lint/profile.js';
import { palette } from '../../src/report/palette.js';
import { lintText } from '../../src/report/text/lint.js';

const profile: LintProfile = {
  mss: { ipv4: 1382, ipv6: 1362 },
  tunnelMtu: 1422,
  linkMtu: 1500,
  layers: ['IPv4', 'ESP'],
};
const ASA =
  'interface GigabitEthernet0/0\n nameif outside\ncrypto map M interface outside\nsysopt connection tcpmss 1360\n';
const PMTU = 'match on enc0 scrub (no-df)\n';

test.for([
  ['a number without a tunnel to compare it with', ASA, {}, true],
  ['the same with one', ASA, profile, false],
  ['no number', PMTU, {}, false],
] as const)('%s', ([, text, known, open]) => {
  const result = lint(text, known);
  const shown = lintText(result, { colour: palette(false), columns: 100, shows: 'all' } as never);
  expect(result.compared).toBe(known === profile);
  expect(shown.includes('not compared with what fits')).toBe(open);
});

test('a fix in PostUp is in the language of its commands', () => {
  const hook = (command: string): string => `[Interface]\nAddress = 10.8.0.1/24\nPostUp = ${command}\n`;
  const fix = (text: string) => lint(text).findings.find(({ code }) => code === 'one-direction-clamp')?.fix;
  expect(
    fix(hook('iptables -t mangle -A FORWARD -o %i -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1380')),
  ).toMatch(/-i %i in FORWARD$/);
  expect(
    fix(
      hook(
        `nft add table ip m; nft 'add chain ip m f { type filter hook forward priority -150; }'; nft add rule ip m f oifname "%i" tcp flags syn tcp option maxseg size set 1380`,
      ),
    ),
  ).toMatch(/iifname "%i"$/);
});
