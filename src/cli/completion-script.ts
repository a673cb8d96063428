/** A script for each shell; all of them ask `mtucalc --complete WORD…` at each tab, the word being typed last. */
const scripts = {
  bash: `# mtucalc completion for bash; add it to ~/.bashrc
_mtucalc() {
  local IFS=$'\\n'
  COMPREPLY=($(mtucalc --complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _mtucalc mtucalc
`,
  // Works from a folder of $fpath and from ~/.zshrc; without compinit it defines a function and does nothing else.
  zsh: `#compdef mtucalc
# mtucalc completion for zsh; add it to ~/.zshrc after compinit
_mtucalc() {
  local -a found
  found=(\${(f)"$(mtucalc --complete "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( \${#found} )); then compadd -- "\${found[@]}"; else _files; fi
}
if [ "\${funcstack[1]}" = "_mtucalc" ]; then
  _mtucalc "$@"
elif (( \${+functions[compdef]} )); then
  compdef _mtucalc mtucalc
fi
`,
  fish: `# mtucalc completion for fish; save it as ~/.config/fish/completions/mtucalc.fish
function __mtucalc_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    # In quotes: nothing typed yet is a word too.
    set -l found (mtucalc --complete $words[2..-1] "$typed" 2>/dev/null)
    if test -n "$found"
        printf '%s\\n' $found
    else
        __fish_complete_path "$typed"
    end
end
complete -c mtucalc -f -k -a '(__mtucalc_complete)'
`,
  powershell: `# mtucalc completion for PowerShell; add it to $PROFILE
Register-ArgumentCompleter -Native -CommandName mtucalc -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    if ($wordToComplete -eq '') { $words += '' }
    mtucalc --complete @words 2>$null | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
`,
} as const;

export type Shell = keyof typeof scripts;

export const shells = Object.keys(scripts) as readonly Shell[];

export const completionScript = (shell: Shell): string => scripts[shell];

/** The shell of a path as $SHELL has it; bash where it is another one. */
export const shellOf = (path: string): Shell => shells.find((shell) => path.endsWith(`/${shell}`)) ?? 'bash';
