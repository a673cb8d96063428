import { MtucalcError } from '../../error.js';
import { command } from '../command.js';
import { completionScript } from '../complete.js';

export const completion = command({
  name: 'completion',
  summary: 'The completion script for bash or zsh.',
  positionals: [{ name: 'shell', describe: 'bash or zsh; without it, the shell in $SHELL' }],
  options: {},
  examples: [
    ['mtucalc completion bash >> ~/.bashrc', 'complete commands, options and names in bash'],
    ['mtucalc completion zsh >> ~/.zshrc', 'the same in zsh'],
  ],
  async run(args, terminal) {
    const shell = args.words[0] ?? ((terminal.env.SHELL ?? '').endsWith('zsh') ? 'zsh' : 'bash');
    if (shell !== 'bash' && shell !== 'zsh')
      throw new MtucalcError('completion', `no completion for ${JSON.stringify(shell.slice(0, 20))}`, 'bash or zsh');
    terminal.stdout.write(completionScript(shell));
    return 0;
  },
});
