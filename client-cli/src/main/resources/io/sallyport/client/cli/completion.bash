# Completion of sally's words for bash: eval "$(sally completion bash)"
_sally() {
  local IFS=$'\n'
  COMPREPLY=($(sally completion words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o bashdefault -o default -F _sally sally
