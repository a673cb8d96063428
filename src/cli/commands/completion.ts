import { MtucalcError } from '../../error.js';
import { SCHEMA_VERSION } from '../../schema-version.js';
import { command } from '../command.js';
import { completionScript } from '../completion-script.js';
import { outputOptions } from '../output-options.js';

export const completion = command({
  name: 'completion',
  answers: 'completion',
  summary: 'The completion script for bash or zsh.',
  positionals: [{ name: 'shell', describe: 'bash or zsh; without it, the shell in $SHELL' }],
  options: { ...outputOptions },
  examples: [
    ['mtucalc completion bash >> ~/.bashrc', 'complete commands, options and names in bash'],
    ['mtucalc completion zsh >> ~/.zshrc', 'the same in zsh'],
  ],
  async run(args, terminal) {
    const shell = args.words[0] ?? ((terminal.env.SHELL ?? '').endsWith('zsh') ? 'zsh' : 'bash');
    if (shell !== 'bash' && shell !== 'zsh')
      throw new MtucalcError('unknown-name', `no completion for ${JSON.stringify(shell.slice(0, 20))}`, 'bash or zsh');
    return {
      kind: 'completion',
      value: { schemaVersion: SCHEMA_VERSION, shell, script: completionScript(shell) },
    };
  },
});
