#!/bin/sh
# Runs the java of a JDK 25, wherever that is: for steps of the build that Maven's own Java may be too old for.
set -eu
. "${0%/*}/find-java.sh"
find_java
exec "$JAVA" "$@"
