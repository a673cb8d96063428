import { doctor as examine } from '../../app/doctor.js';
import { command } from '../command.js';
import { outputOptions } from '../output-options.js';

export const doctor = command({
  name: 'doctor',
  answers: 'doctor',
  summary: 'which probe engines work here, and the one command that would unlock more',
  positionals: [],
  options: { ...outputOptions },
  examples: [['mtucalc doctor', 'what probe, listen and watch can do on this machine']],
  async run() {
    return { kind: 'doctor', value: await examine() };
  },
});
