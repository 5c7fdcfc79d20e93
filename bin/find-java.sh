# Sourced by the launchers at the root of the repository; POSIX sh, safe under `set -eu`.
#
#   find_java [RUNTIME]       sets JAVA (the program) and JAVA_HOME (its folder, exported) to the runtime in the
#                             folder RUNTIME if there is one (bin/self-contained puts it there), or to a JDK 25;
#                             else says what to install on standard error and returns 1.
#   build_once ROOT MODULE JAR
#                             packages MODULE of the repository at ROOT with Maven if JAR, a path below
#                             ROOT, is not there; all messages go to standard error. Needs find_java first.
#
# shellcheck shell=sh

# Whether the folder $1 holds a JDK 25. Reads its `release` file: asking the program costs a JVM start.
is_jdk_25() {
  [ -x "$1/bin/javac" ] && is_java_25 "$1"
}

# The same of one that can only run programs.
is_java_25() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r release_key release_value; do
    if [ "$release_key" = JAVA_VERSION ]; then
      case $release_value in
        '"25"'* | '"25.'* | '"25+'* | '"25-'*) return 0 ;;
        *) return 1 ;;
      esac
    fi
  done <"$1/release"
  return 1
}

# Takes the folder $1 if it holds a JDK 25.
take_java_home() {
  is_jdk_25 "$1" || return 1
  use_java_home "$1"
}

use_java_home() {
  JAVA_HOME=$1
  JAVA=$1/bin/java
  export JAVA_HOME
}

# The folder of the `java` on the path; a shim that is no part of a JDK is asked where its JDK is.
java_home_on_path() {
  path_java=$(command -v java) || return 1
  path_real=$(readlink -f "$path_java" 2>/dev/null) || path_real=$path_java
  path_home=${path_real%/bin/java}
  if [ ! -r "$path_home/release" ]; then
    path_home=$("$path_java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  fi
  [ -n "$path_home" ] || return 1
  printf '%s\n' "$path_home"
}

# The usual folders. A pattern that matches nothing stays itself and is no JDK.
find_java_in_folders() {
  for java_folder in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/java/* /opt/jdk/* /opt/jvm/* \
    "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* "${HOME:-/}"/.asdf/installs/java/* \
    "${HOME:-/}"/.local/share/mise/installs/java/* \
    "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    take_java_home "$java_folder" && return 0
  done
  return 1
}

find_java() {
  if [ -n "${1:-}" ] && is_java_25 "$1"; then
    use_java_home "$1"
    return 0
  fi
  if [ -n "${JAVA_HOME:-}" ] && take_java_home "${JAVA_HOME%/}"; then return 0; fi
  if java_folder=$(java_home_on_path) && take_java_home "$java_folder"; then return 0; fi
  if [ -x /usr/libexec/java_home ] && java_folder=$(/usr/libexec/java_home -v 25 2>/dev/null) &&
    take_java_home "$java_folder"; then return 0; fi
  if find_java_in_folders; then return 0; fi
  cat >&2 <<'MESSAGE'
error: no JDK 25 found: looked at JAVA_HOME, at the java on the path and in the usual folders.
Install one, for example
  Debian, Ubuntu   apt install openjdk-25-jdk-headless    (or temurin-25-jdk from Adoptium)
  Fedora           dnf install java-25-openjdk-devel
  macOS            brew install openjdk@25
  anywhere         sdk install java 25-tem                (SDKMAN)
or set JAVA_HOME to the folder of one that is there.
MESSAGE
  return 1
}

# Waits until no other launcher builds in this clone. The lock names its owner, so a killed one holds up nobody.
take_build_lock() {
  while ! mkdir "$1" 2>/dev/null; do
    lock_owner=$(cat "$1/pid" 2>/dev/null) || lock_owner=
    if [ -n "$lock_owner" ] && ! kill -0 "$lock_owner" 2>/dev/null; then
      rm -rf "$1"
    elif [ ! -w "${1%/*}" ]; then
      echo "error: cannot write in ${1%/*}; build as the owner of this folder: mvn -DskipTests package" >&2
      return 1
    else
      sleep 1
    fi
  done
  echo $$ >"$1/pid"
}

build_once() {
  if [ -f "$1/$3" ]; then return 0; fi
  if [ -n "${MAVEN_HOME:-}" ] && [ -x "$MAVEN_HOME/bin/mvn" ]; then
    maven=$MAVEN_HOME/bin/mvn
  elif ! maven=$(command -v mvn); then
    echo "error: $3 is not built yet and there is no Maven (mvn) to build it: install Maven 3.8 or newer" >&2
    return 1
  fi
  mkdir -p "$1/target" && take_build_lock "$1/target/build.lock" || return 1
  build_status=0
  if [ ! -f "$1/$3" ]; then
    echo "sallyport: building $2 (once; the first time Maven fetches its libraries)" >&2
    # The options keep an older Maven quiet on a JDK of today, and its colours out of what is no terminal.
    MAVEN_OPTS="${MAVEN_OPTS:-} -Djansi.noreset=true --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
      "$maven" -q -B -ntp -f "$1/pom.xml" -pl "$2" -am -DskipTests -Dspotless.check.skip=true package \
      </dev/null >&2 || build_status=$?
  fi
  rm -rf "$1/target/build.lock"
  if [ "$build_status" -eq 0 ] && [ -f "$1/$3" ]; then return 0; fi
  echo "error: the build of $2 failed; see above, or run: mvn -f '$1/pom.xml' -pl $2 -am package" >&2
  return 1
}
