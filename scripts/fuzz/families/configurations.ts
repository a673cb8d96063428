import { readdirSync, readFileSync } from 'node:fs';
import { catalogue } from '../../../ciphers/index.js';
import { decodePaste } from '../../../src/device/paste.js';
import { MtucalcError } from '../../../src/error.js';
import { lint } from '../../../src/lint/lint.js';
import type { LintProfile } from '../../../src/lint/rule.js';
import { calculate } from '../../../src/mtu/calculate.js';
import { emit } from '../../../src/snippet/emit.js';
import { planOf } from '../../../src/snippet/plan.js';
import { targets } from '../../../src/snippet/targets/index.js';
import { iptablesRows, nftRows, routerosRows, swanctlRows } from '../../../test/lint/rows.js';
import { boxRows } from '../../../test/lint/rows-boxes.js';
import { disturbedText, noise, pick } from '../disturb.js';
import type { Family, Printed } from '../family.js';
import { formatsFor, written } from '../written.js';

const rows = [routerosRows, iptablesRows, nftRows, swanctlRows, ...Object.values(boxRows)]
  .flat()
  .map(({ text }) => text);
const golden = readdirSync('test/snippet/golden', { recursive: true, withFileTypes: true })
  .filter((one) => one.isFile())
  .map((one) => readFileSync(`${one.parentPath}/${one.name}`, 'utf8'));
const all = [...rows, ...golden];

const profiles: readonly LintProfile[] = [
  {},
  { mss: { ipv4: 1398, ipv6: 1378 }, tunnelMtu: 1438, linkMtu: 1500 },
  { mss: { ipv4: 1398, ipv6: 1378 }, tunnelMtu: 1438, linkMtu: 1500, style: 'vti', tunnelIf: 'vti0', wanIf: 'eth0' },
];

const calculation = calculate({ cipher: 'aes256-sha256', wan: 'pppoe' }, catalogue);

/** Words of the input as names in a configuration: refused, or harmless there. */
function snippetWith(text: string): Printed[] {
  const names = text.match(/\S{1,40}|\n\S+/g) ?? [''];
  const name = (at: number): string => names[(text.length * 7 + at) % names.length] as string;
  const target = targets[text.length % targets.length]!;
  try {
    const plan = planOf(calculation, { tunnelIf: name(0), wanIf: name(1), conn: name(2), child: name(3) });
    const { snippets } = emit([target.id], plan, text.length % 3 === 0);
    return snippets.map((one) => ({ format: 'configuration', text: one.text }));
  } catch (error) {
    if (error instanceof MtucalcError) return [];
    throw error;
  }
}

/** Configurations: what lint says of them. */
export const configurations: Family = {
  id: 'configurations',
  input(random) {
    if (random(100) === 0) return noise(random);
    return disturbedText(random(4) === 0 ? pick(golden, random) : pick(rows, random), all, random);
  },
  async run(input) {
    const text = decodePaste(new TextEncoder().encode(input as string), 'fuzz');
    const said = text.length % 4 === 0 ? snippetWith(text) : [];
    const value = lint(text, profiles[text.length % profiles.length], { file: 'fuzz' });
    return [...said, ...(await written('lint', value, formatsFor(text.length, ['github'], ['sarif', 'json'])))];
  },
};
