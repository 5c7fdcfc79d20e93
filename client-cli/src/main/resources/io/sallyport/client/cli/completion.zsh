# Completion of sally's words for zsh: eval "$(sally completion zsh)"
_sally() {
  local -a found
  found=(${(f)"$(sally completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( ${#found} )); then
    compadd -a found
  else
    _files
  fi
}
compdef _sally sally
