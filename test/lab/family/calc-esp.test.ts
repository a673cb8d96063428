import type { Scenario } from '../scenario.js';
import { everySuite } from '../suites.js';
import { calcCase, coveringSuites, cross, full } from './calc-cases.js';
import { judge } from './judge.js';

const suites = full ? everySuite : coveringSuites;

/** WAN first: cases on the same ground share it. */
const cases = cross<Required<Pick<Scenario, 'wan' | 'suite' | 'natT' | 'outer'>>>({
  wan: ['ethernet', 'pppoe', 'vlan'],
  suite: suites,
  natT: [false, true],
  outer: [4, 6],
}).map((choice) => calcCase({ ...choice, tunnel: 'esp' }));

judge([{ title: 'ESP in tunnel mode', cases }]);
