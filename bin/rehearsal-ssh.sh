#!/bin/sh
# Plays ssh for the rehearsal of sally (see bin/sally-java.sh): answers every request with a build.
digest=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
case $* in
  *artifacts*) echo '{"items":[]}' ;;
  *'GET /builds limit'* | *'/builds limit'*) echo '{"items":[{"id":1,"project":"web","state":"succeeded","created":"2026-01-01T00:00:00.000Z"}]}' ;;
  *manifests*) cat >/dev/null; echo '{"manifest":"sha256:0"}' ;;
  *submit*) cat >/dev/null; echo '{"id":1,"project":"web","state":"queued","source":{"kind":"manifest","digest":"sha256:'"$digest"'"}}' ;;
  *) echo '{"id":1,"project":"web","state":"succeeded","created":"2026-01-01T00:00:00.000Z","jobs":[{"name":"build","stage":"build","state":"succeeded"}]}' ;;
esac
