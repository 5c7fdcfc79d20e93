# Completion of sally's words for fish: sally completion fish | source
complete -c sally -a '(sally completion words -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
