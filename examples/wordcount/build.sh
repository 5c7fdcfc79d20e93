#!/bin/sh
# Assembles dist/wordcount, one file that runs wherever there is a POSIX shell and awk.
#
# A line "#include FUNCTION FILE" of src/wordcount.sh becomes a shell function that prints that file,
# so that the tool carries its awk programs and its word list with it.
set -eu
cd "$(dirname "$0")"

version=$(cat VERSION)
out=dist/wordcount

mkdir -p dist
awk -v version="$version" '
  $1 == "#include" {
    file = "src/" $3
    print $2 "() {"
    print "  cat <<\"END_OF_" $2 "\""
    lines = 0
    while ((getline line < file) > 0) {
      print line
      lines++
    }
    close(file)
    if (lines == 0) {
      print "build: " file " is missing or empty" > "/dev/stderr"
      failed = 1
      exit 1
    }
    print "END_OF_" $2
    print "}"
    printf "  %-24s %4d lines, as %s\n", file, lines, $2 > "/dev/stderr"
    next
  }
  { gsub(/@VERSION@/, version); print }
' src/wordcount.sh > "$out.new"

sh -n "$out.new"
chmod 755 "$out.new"
mv "$out.new" "$out"
echo "built $out $version, $(wc -c < "$out" | tr -d ' ') bytes"
