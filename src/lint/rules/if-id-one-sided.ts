import type { Setting } from '../facts.js';
import { findingAt, type LintFinding, type LintRule } from '../rule.js';

const parent = ({ path, name }: Setting): string => path.slice(0, -name.length - 1);

export const ifIdOneSided: LintRule = {
  code: 'if-id-one-sided',
  summary: 'if_id is set for one direction only',
  check({ facts: { settings } }) {
    const paths = new Set(settings.map(({ path }) => path));
    return settings
      .filter(({ name }) => name === 'if_id_in' || name === 'if_id_out')
      .flatMap((setting): LintFinding[] => {
        const other = setting.name === 'if_id_in' ? 'if_id_out' : 'if_id_in';
        if (paths.has(`${parent(setting)}.${other}`)) return [];
        const says = `${setting.name} without ${other}: the interface sees one direction only, and so does a clamp on it`;
        return [findingAt(setting, 'if-id-one-sided', 'warning', says, `${other} = ${setting.value}`)];
      });
  },
};
