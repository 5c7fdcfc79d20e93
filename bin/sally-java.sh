# Sourced by the launchers of sally, in a clone and in an installed archive; POSIX sh, safe under `set -eu`. Needs
# find-java.sh and find_java first.
#
#   run_sally JAR SSH WORDS…   replaces this process by sally; SSH plays ssh in the rehearsal
#
# The first run notes what the JVM has to load, in a cache beside the folder of the jars, or in the user's own cache where that cannot be
# written; later ones start in a third of the time. SALLY_AOT=off does without.
#
# shellcheck shell=sh

# Sets aot_cache to the file that fits this jar and this JDK, making it if need be; else to nothing.
find_aot_cache() {
  aot_cache=
  [ "${SALLY_AOT:-on}" != off ] || return 0
  # A name of both, without running a program: what does not fit any more is made anew.
  aot_name=sally-${JAVA_HOME##*/}.aot
  aot_folder=${1%/*/*}
  if [ ! -f "$aot_folder/$aot_name" ] && [ ! -w "$aot_folder" ]; then
    aot_folder=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/sally
  fi
  aot_cache=$aot_folder/$aot_name
  if [ -f "$aot_cache" ] && [ ! "$1" -nt "$aot_cache" ] && [ ! "$JAVA_HOME/release" -nt "$aot_cache" ]; then
    return 0
  fi
  make_aot_cache "$1" "$2" || aot_cache=
}

make_aot_cache() {
  mkdir -p "${aot_cache%/*}" 2>/dev/null || return 1
  # A run that is broken off leaves no half of one; of several at once the last counts.
  aot_part=$aot_cache.$$
  # Profiles are for the slow compiler, which a short run never gets to; compiling by them at each start costs a tenth of it.
  aot_plain='-XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining'
  # shellcheck disable=SC2086  # the options are words
  if "$JAVA" $SALLY_JVM $aot_plain "-XX:AOTCacheOutput=$aot_part" -Xlog:disable -cp "$1" \
    io.sallyport.client.cli.Rehearsal "$2" </dev/null >/dev/null 2>&1 && mv -f "$aot_part" "$aot_cache" 2>/dev/null; then
    rm -f "$aot_part.config"
    return 0
  fi
  rm -f "$aot_part" "$aot_part.config"
  return 1
}

# For a fast start: one thread of collection, the quick compiler, no file for jps and its like.
SALLY_JVM="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx256m --enable-native-access=ALL-UNNAMED"

# The cache is used at the address that it was made for, where that is free: else each start moves all of it elsewhere. And no thread is
# started to look for the profiles that are not in it.
SALLY_AOT_JVM="-XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:-AOTReplayTraining"

run_sally() {
  sally_jar=$1
  find_aot_cache "$1" "$2"
  shift 2
  # Java reads file names and arguments by the locale: outside UTF-8 it would lose all but ASCII.
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *UTF-8* | *utf-8* | *UTF8* | *utf8*) ;;
    *) if [ -n "${LC_ALL:-}" ]; then export LC_ALL=C.UTF-8; else export LC_CTYPE=C.UTF-8; fi ;;
  esac
  # Java cannot ask which of the three streams is a terminal.
  terminals=
  [ ! -t 0 ] || terminals=in
  [ ! -t 1 ] || terminals=$terminals,out
  [ ! -t 2 ] || terminals=$terminals,err
  # shellcheck disable=SC2086  # the options are words
  exec "$JAVA" $SALLY_JVM ${aot_cache:+$SALLY_AOT_JVM "-XX:AOTCache=$aot_cache"} -Xlog:disable -Xlog:all=off \
    "-Dsally.terminals=$terminals" -cp "$sally_jar" io.sallyport.client.cli.Main "$@"
}
