#!/bin/sh
# The last failed builds and the end of each one's log, over one connection: the sallyport subsystem with ssh and jq.
#   ./failures.sh HOST [PROJECT]      SSH="ssh -p 2222" ./failures.sh localhost web
set -eu
host=${1:?usage: failures.sh HOST [PROJECT]}
project=${2:-}

# All that is asked goes in at once; the channel ends when all is answered.
talk() { ${SSH:-ssh} -s "$host" sallyport; }

builds=$(jq -nc --arg project "$project" '
    {id: "builds", method: "GET", path: "/builds",
     params: ({state: "failed", limit: 5} + if $project == "" then {} else {project: $project} end)}' |
  talk | jq -c 'if .problem then .problem.detail + "\n" | halt_error else .body.items end')

echo "$builds" |
  jq -c '.[] | {id: (.id | tostring), method: "GET", path: "/builds/\(.id)/log", params: {stream: "out,err"}}' |
  talk |
  jq -rn --argjson builds "$builds" '
    reduce (inputs | select(.item.text)) as $line ({}; .[$line.id] = ((.[$line.id] // []) + [$line.item.text])[-5:])
    | . as $ends | $builds[] | "build \(.id) of \(.project): \(.reason // .state)",
      ($ends[.id | tostring] // [] | map("  " + .)[] | rtrimstr("\n"))'
