import { MtucalcError } from '../../error.js';
import { hintFor, shown } from '../../mtu/nearest.js';
import { SCHEMA_VERSION } from '../../schema-version.js';
import { command } from '../command.js';
import { completionScript, shellOf, shells } from '../completion-script.js';
import { outputOptions } from '../output-options.js';

export const completion = command({
  name: 'completion',
  answers: 'completion',
  summary: 'The completion script for bash, zsh, fish or PowerShell.',
  positionals: [{ name: 'shell', describe: `${shells.join(', ')}; without it, the shell in $SHELL` }],
  options: { ...outputOptions },
  examples: [
    ['mtucalc completion bash >> ~/.bashrc', 'complete commands, options and names in bash'],
    ['mtucalc completion zsh >> ~/.zshrc', 'the same in zsh, where compinit runs before it'],
    ['mtucalc completion fish > ~/.config/fish/completions/mtucalc.fish', 'in fish'],
    ['mtucalc completion powershell >> $PROFILE', 'in PowerShell'],
  ],
  async run(args, terminal) {
    const [word] = args.words;
    const shell = word === undefined ? shellOf(terminal.env.SHELL ?? '') : shells.find((name) => name === word);
    if (shell === undefined)
      throw new MtucalcError('unknown-name', `no completion for ${shown(word ?? '')}`, hintFor(word ?? '', shells));
    return { kind: 'completion', value: { schemaVersion: SCHEMA_VERSION, shell, script: completionScript(shell) } };
  },
});
