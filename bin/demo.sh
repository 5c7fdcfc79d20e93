#!/bin/sh
# ./sallyport demo [--keep]: a gateway on loopback and one real build over it, with OpenSSH's own client. Each command is
# shown before it runs, as it can be typed. Ends 0 only if all of it worked; removes all it made, unless --keep leaves the
# gateway up.
set -eu

root=$(CDPATH='' cd -P "$(dirname "$0")/.." && pwd)
project=$root/examples/wordcount
keep=

for word in "$@"; do
  case $word in
    --keep) keep=yes ;;
    -h | --help) echo "usage: sallyport demo [--keep]    --keep leaves the gateway up" && exit 0 ;;
    *) echo "error: demo knows only --keep, not '$word'" >&2 && exit 64 ;;
  esac
done

bold='' dim='' green='' red='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
  bold=$(printf '\033[1m') dim=$(printf '\033[2m') green=$(printf '\033[32m') red=$(printf '\033[31m')
  plain=$(printf '\033[0m')
fi

say() { printf '%s\n' "$*"; }
title() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
shown() { printf '%s$ %s%s\n' "$green" "$*" "$plain"; }

# Shows a command line and runs it.
run() {
  shown "$1"
  eval "$1" || fail "this ended with exit status $?"
}

fail() {
  printf '%serror:%s %s\n' "$red" "$plain" "$1" >&2
  if [ -s "${work:-}/gateway.log" ]; then
    say "The gateway's own log ends with:" >&2
    tail -n 20 "$work/gateway.log" >&2
  fi
  exit 1
}

# What the demo leaves behind, unless it is to be kept: nothing.
clean_up() {
  status=$?
  trap '' INT TERM HUP
  if [ -n "${kept:-}" ] || [ -z "${work:-}" ]; then return; fi
  if [ -n "${gateway:-}" ] && kill "$gateway" 2>/dev/null; then wait "$gateway" || true; fi
  cd / && rm -rf "$work"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

for program in ssh scp ssh-keygen tar; do
  command -v "$program" > /dev/null || fail "there is no $program here; on Debian: apt install openssh-client tar"
done

. "$root/bin/find-java.sh"
find_java || exit 1
jar=ssh-gateway/target/sallyport/lib/ssh-gateway.jar
if [ -n "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main -newer "$root/$jar" 2>/dev/null | head -n 1)" ]; then
  rm -f "$root/$jar" # made from older sources than these
fi
build_once "$root" ssh-gateway "$jar" || exit 1

work=$(mktemp -d "${TMPDIR:-/tmp}/sallyport-demo.XXXXXX")
say 'Sallyport demo: a whole build over one SSH port. All that it makes is in a folder of its own.'
shown "cd $work"
cd "$work"

title 'A key to log in with, and a state directory that knows it'
run "ssh-keygen -q -t ed25519 -N '' -C demo -f key"
run "$root/sallyport init --home home --admin-key key.pub --name demo"

title 'The gateway, on loopback and a free port'
shown "$root/sallyport serve --home home --bind 127.0.0.1 --port 0 &"
(
  trap '' HUP INT
  exec "$root/sallyport" serve --home home --bind 127.0.0.1 --port 0 > gateway.out 2> gateway.log < /dev/null
) &
gateway=$!
port=
while [ -z "$port" ]; do
  kill -0 "$gateway" 2>/dev/null || fail 'the gateway ended before it listened'
  sleep 0.1
  port=$(sed -n 's/^sallyport: listening on .*:\([0-9][0-9]*\)$/\1/p' gateway.out)
done
cat gateway.out
if grep -q 'builds run without a sandbox' gateway.log; then
  say "${red}NOTICE: builds run without a sandbox${plain}, since bubblewrap does not work here. It is in Debian's package bubblewrap."
fi

title 'What ssh has to know: where, with which key, and whom to trust'
printf '[127.0.0.1]:%s %s\n' "$port" "$(ssh-keygen -y -f home/host_key)" > known_hosts
cat > ssh_config << END
Host demo
  HostName 127.0.0.1
  Port $port
  IdentityFile $work/key
  IdentitiesOnly yes
  UserKnownHostsFile $work/known_hosts
  StrictHostKeyChecking yes
END
run 'cat ssh_config'
ssh='ssh -F ssh_config demo'

title 'A project'
run "echo '{}' | $ssh PUT /projects/wordcount"

title 'The build: the folder goes in, the log comes out as it is made'
shown "tar -C $project -c . | $ssh submit wordcount follow=true"
# Standard error, the build as accepted and as ended, is shown and kept; the status of ssh is the build's result.
{
  {
    status=0
    tar -C "$project" -c . | $ssh submit wordcount follow=true 2>&3 || status=$?
    echo "$status" > status
  } 3>&1 >&4 | while IFS= read -r line; do
    printf '%s\n' "$line" >> build
    printf '%s%s%s\n' "$dim" "$line" "$plain" >&2
  done
} 4>&1
status=$(cat status)
[ "$status" -eq 0 ] || fail "the build ended with exit status $status"
shown 'echo $?'
say "$status"
id=$(sed -n '1s/.*"id":\([0-9][0-9]*\).*/\1/p' build)
[ -n "$id" ] || fail 'no build was accepted'

title 'Its artifact, by scp: the bytes that the gateway has noted, and they run'
# Before version 9 scp has to be asked for the protocol that it now speaks by itself.
scp=scp
case $(ssh -V 2>&1) in
  OpenSSH_8.[789]*) scp='scp -s' ;;
esac
run "$scp -q -F ssh_config demo:/builds/$id/artifacts/dist/wordcount ."
run "$ssh GET /builds/$id/artifacts format=text"
sha256='sha256sum'
command -v sha256sum > /dev/null || sha256='shasum -a 256'
run "$sha256 wordcount"
sum=$($sha256 wordcount)
$ssh GET "/builds/$id/artifacts" | grep -q "\"sha256\":\"${sum%% *}\"" || fail 'the digests differ'
run "./wordcount -c -n 5 $root/LICENSE"

title 'The signature: who vouches for it, without asking the gateway again'
run "$ssh GET /signing-key > allowed_signers"
run "$ssh GET /builds/$id/manifest > manifest"
run "$ssh GET /builds/$id/signature > manifest.sig"
run 'ssh-keygen -Y verify -f allowed_signers -I sallyport -n sallyport-artifacts -s manifest.sig < manifest'
run 'cat manifest'
run 'mkdir -p artifacts/dist && cp wordcount artifacts/dist/'
run "(cd artifacts && $sha256 -c ../manifest)"

title 'And what the gateway knows of it'
run "$ssh ls format=text"

if [ -n "$keep" ]; then
  kept=yes
  title "${green}All of it worked.${plain}${bold} The gateway goes on."
  say "In $work:"
  say "  $ssh help        what can be asked"
  say "  $ssh log $id       the log again"
  say "The end:"
  say "  kill $gateway; rm -r $work"
else
  title 'The end: SIGTERM drains the gateway'
  shown "kill $gateway"
  kill "$gateway"
  status=0
  wait "$gateway" || status=$?
  gateway=
  [ "$status" -eq 0 ] || fail "the gateway ended with exit status $status"
  title "${green}All of it worked.${plain}"
  say 'With --keep the gateway stays up. For one of your own: ./sallyport init and ./sallyport serve, see docs/operators.md.'
fi
