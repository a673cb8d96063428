import { diagnose } from '../../app/doctor.js';
import { palette, printJson } from '../../report/terminal.js';
import { command } from '../command.js';
import { commonOptions } from '../common-options.js';

export const doctor = command({
  name: 'doctor',
  summary: 'which probe engines work here, and the one command that would unlock more',
  positionals: [],
  options: { ...commonOptions },
  examples: [['mtucalc doctor', 'what mtucalc probe can see on this machine']],
  async run(args, terminal) {
    const value = await diagnose();
    if (args.json) {
      printJson(terminal, value);
      return 0;
    }
    const colour = palette(terminal.stdout, terminal.env);
    const lines = value.engines.flatMap(({ id, available, says, unlock }) => [
      `${available ? colour.green('yes') : colour.yellow('no ')} ${colour.bold(id.padEnd(8))} ${says}`,
      ...(unlock ? [`             ${unlock.command}`, `             ${colour.dim(`grants: ${unlock.grants}`)}`] : []),
    ]);
    terminal.stdout.write(
      `Node ${value.node} on ${value.platform}; mtucalc probe uses engine ${colour.bold(value.chosen)}\n\n${lines.join('\n')}\n`,
    );
    return 0;
  },
});
