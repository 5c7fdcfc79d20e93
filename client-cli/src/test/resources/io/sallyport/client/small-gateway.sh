# Plays a gateway for one request: the first argument is a folder with what it serves, SSH_ORIGINAL_COMMAND the request.
# Notes every request in the file `requests`. While a file `hang.NAME` is there, an answer stops in its middle once, until
# the connection is gone; while `drop.NAME` is there, the connection is cut once; while `endless.NAME` is there, an answer
# goes on for long. The bodies of submissions are in `body.N`;
# `refuse` is told once instead of taking one, `source` is in the record of one, and manifests are known where `manifests` is.
state=$1
eval "set -- $SSH_ORIGINAL_COMMAND"
echo "$SSH_ORIGINAL_COMMAND" >>"$state/requests"

offset=0
for word; do
  case $word in offset=*) offset=${word#offset=} ;; esac
done

rest() {
  if rm "$state/hang.$1" 2>/dev/null; then
    tail -c +$((offset + 1)) "$state/$1" | head -c 100000
    while kill -0 $PPID 2>/dev/null; do sleep 0.05; done
    exit 9
  fi
  tail -c +$((offset + 1)) "$state/$1"
  if [ -f "$state/endless.$1" ]; then head -c 30000000 /dev/zero; fi
}

drop() {
  if rm "$state/drop.$1" 2>/dev/null; then
    kill -9 $PPID
    exit 9
  fi
}

missing() {
  echo '{"type":"not-found","title":"Not found","status":404,"detail":"there is nothing at '"$1"'","instance":"/"}' >&2
  exit 66
}

result() {
  echo '{"id":7,"project":"web","state":"ended"}' >&2
  exit "$(cat "$state/result")"
}

case $1:$2 in
  submit:web)
    drop submit
    cat >"$state/source.tar"
    cp "$state/source.tar" "$state/body.$(($(ls "$state" | grep -c '^body') + 1))"
    if [ -f "$state/refuse" ]; then
      cat "$state/refuse" >&2
      rm "$state/refuse"
      exit 65
    fi
    case " $* " in
      *" follow=true "*)
        echo '{"id":7,"project":"web","state":"queued"}' >&2
        rest log
        result
        ;;
      *" artifact=big "*)
        echo '{"id":7,"project":"web","state":"queued"}' >&2
        echo 'the log' >&2
        rest big
        result
        ;;
      *) echo '{"id":7,"project":"web","state":"queued"'"$(cat "$state/source" 2>/dev/null)"'}' ;;
    esac
    ;;
  POST:/projects/web/manifests)
    if [ ! -f "$state/manifests" ]; then
      missing "$2"
    fi
    cat >/dev/null
    echo '{"manifest":"sha256:0"}'
    ;;
  GET:/events)
    cat "$state/events"
    if [ -f "$state/refused" ]; then exit 77; fi
    ;;
  GET:/builds/7/log)
    rest log
    exit "$(cat "$state/result")"
    ;;
  wait:7)
    drop wait
    echo '{"id":7,"project":"web","state":"ended"}'
    exit "$(cat "$state/result")"
    ;;
  POST:/builds/5/retry) echo '{"id":7,"project":"web","state":"queued"}' ;;
  GET:/builds) cat "$state/builds" ;;
  GET:/builds/7 | DELETE:/builds/7)
    [ -f "$state/build" ] || missing "$2"
    cat "$state/build"
    ;;
  GET:/builds/7/artifacts)
    case " $* " in
      *" after=big "*) cat "$state/page2" ;;
      *) cat "$state/page1" ;;
    esac
    ;;
  GET:/builds/7/artifacts/big) rest big ;;
  GET:/builds/7/artifacts/dist/a%20b) rest 'a b' ;;
  GET:/builds/7/artifacts/*) cat "$state/any/${2#/builds/7/artifacts/}" ;;
  PUT:/echo) cat ;;
  GET:/words) for word; do printf '<%s>' "$word"; done ;;
  *) missing "$2" ;;
esac
