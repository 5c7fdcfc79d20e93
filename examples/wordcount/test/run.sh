#!/bin/sh
# Runs the cases beside this file against one build of the tool: test/run.sh dist/wordcount [CASE ...]
#
# A case is a name on the first line, shell commands, a line "---- STATUS", and what the commands have to
# print on standard output and standard error. Prints TAP; ends 1 when a case fails.
set -u

tool=${1:?usage: test/run.sh TOOL [CASE ...]}
shift
case $tool in
  /*) ;;
  *) tool=$PWD/$tool ;;
esac
cd "$(dirname "$0")" || exit 1
[ $# -gt 0 ] || set -- *.case

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

number=0
failures=0
echo "1..$#"
for case in "$@"; do
  number=$((number + 1))
  name=$(sed -n '1s/^# *//p' "$case")
  sed '/^---- /,$d' "$case" > "$scratch/commands"
  sed '1,/^---- /d' "$case" > "$scratch/expected"
  status=$(sed -n 's/^---- //p' "$case")

  mkdir "$scratch/here"
  (
    cd "$scratch/here" || exit 1
    wordcount() { COLUMNS=60 "$tool" "$@"; }
    . "$scratch/commands"
  ) > "$scratch/printed" 2>&1 < /dev/null
  ended=$?
  rm -rf "$scratch/here"

  if [ "$ended" = "$status" ] && cmp -s "$scratch/expected" "$scratch/printed"; then
    echo "ok $number - $name"
  else
    failures=$((failures + 1))
    echo "not ok $number - $name"
    [ "$ended" = "$status" ] || echo "# ended $ended, not $status"
    diff "$scratch/expected" "$scratch/printed" | sed 's/^/# /'
  fi
done

echo "# $((number - failures)) of $number passed"
[ "$failures" -eq 0 ]
