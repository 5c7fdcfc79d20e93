#!/bin/sh
# wordcount @VERSION@: which words a text uses most.
set -eu
LC_ALL=C
export LC_ALL

#include words_program words.awk
#include chart_program chart.awk
#include common_words common-words.txt

usage() {
  cat <<'TEXT'
usage: wordcount [-n COUNT] [-m LENGTH] [-c] [-t] [FILE ...]

  -n COUNT   show the COUNT most frequent words (10; 0 for all)
  -m LENGTH  only words of at least LENGTH letters (1)
  -c         leave out the commonest English words
  -t         a table with tabs for programs, instead of a chart
  -V         print the version

Reads standard input when no FILE is given.
TEXT
}

fail() {
  echo "wordcount: $2" >&2
  exit "$1"
}

# Fails unless the value of an option is a whole number.
number() {
  case $2 in
    '' | *[!0-9]*) fail 64 "-$1 takes a whole number, not '$2'" ;;
  esac
}

count=10 least=1 skip= table=
while getopts n:m:ctVh option; do
  case $option in
    n) number n "$OPTARG" && count=$OPTARG ;;
    m) number m "$OPTARG" && least=$OPTARG ;;
    c) skip=$(common_words | tr '\n' ' ') ;;
    t) table=yes ;;
    V) echo "wordcount @VERSION@" && exit 0 ;;
    h) usage && exit 0 ;;
    *) usage >&2 && exit 64 ;;
  esac
done
shift $((OPTIND - 1))

for file in "$@"; do
  [ ! -d "$file" ] || fail 66 "$file is a folder"
  [ "$file" = - ] || [ -r "$file" ] || fail 66 "cannot read $file"
done

ranking() {
  cat -- "$@" | awk -v least="$least" -v skip="$skip" "$(words_program)" | sort -k2,2nr -k1,1 |
    awk -v count="$count" 'count == 0 || NR <= count'
}

if [ -n "$table" ]; then
  ranking "$@" | awk '{ print $1 "\t" $2 }'
else
  ranking "$@" | awk -v columns="${COLUMNS:-72}" "$(chart_program)"
fi
