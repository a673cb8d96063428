const scripts = {
  bash: `# mtucalc completion for bash; add it to ~/.bashrc
_mtucalc() {
  local IFS=$'\\n'
  COMPREPLY=($(mtucalc --complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _mtucalc mtucalc
`,
  zsh: `#compdef mtucalc
# mtucalc completion for zsh; add it to ~/.zshrc after compinit
_mtucalc() {
  local -a found
  found=(\${(f)"$(mtucalc --complete "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( \${#found} )); then compadd -- "\${found[@]}"; else _files; fi
}
compdef _mtucalc mtucalc
`,
} as const;

/** The script that asks `mtucalc --complete` at each tab. */
export const completionScript = (shell: keyof typeof scripts): string => scripts[shell];
