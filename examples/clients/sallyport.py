#!/usr/bin/env python3
"""A client for the sallyport subsystem with nothing but the standard library and the ssh program.

    ./sallyport.py HOST GET /builds limit=5
    ./sallyport.py HOST GET /builds/42/log follow=true

As a module: Gateway(["ssh", "build.example"]) is one connection; its requests may come from many threads, and each
answer or item is given to the one who asked. The protocol is told in docs/protocol.md.
"""

import itertools
import json
import queue
import subprocess
import sys
import threading


class Problem(Exception):
    """What the gateway says of a request that did not work: RFC 9457's members are in `facts`."""

    def __init__(self, facts):
        super().__init__(f"{facts['title']}: {facts['detail']}")
        self.facts = facts


class Gateway:
    def __init__(self, ssh):
        """Opens the subsystem; `ssh` is the command line up to and with the host."""
        command = [ssh[0], "-s", *ssh[1:], "sallyport"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._numbers = itertools.count(1)
        self._waiting = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._read, daemon=True).start()

    def ask(self, method, path, params=None, body=None):
        """The body of the answer; None when there is none."""
        answer = next(self._lines(method, path, params, body))
        return answer.get("body")

    def stream(self, method, path, params=None):
        """The items of a stream, as they come. A stream that is cut off ends with a Problem, not like one that is over."""
        for line in self._lines(method, path, params, None):
            if "item" in line:
                yield line["item"]

    def close(self):
        """Lets what is under way end."""
        self._process.stdin.close()
        self._process.wait()

    def _lines(self, method, path, params, body):
        request = {"id": str(next(self._numbers)), "method": method, "path": path, "params": params or {}}
        if body is not None:
            request["body"] = body
        inbox = self._waiting[request["id"]] = queue.Queue(1000)
        over = False
        try:
            self._write(request)
            while not over:
                line = inbox.get()
                if line is None:
                    raise ConnectionError("the connection ended")
                over = not (line.get("stream") or "item" in line)
                if "problem" in line:
                    raise Problem(line["problem"])
                yield line
        finally:
            del self._waiting[request["id"]]
            if not over and self._process.poll() is None:
                self._write({"id": request["id"], "cancel": True})

    def _write(self, line):
        with self._lock:
            self._process.stdin.write(json.dumps(line).encode() + b"\n")
            self._process.stdin.flush()

    def _read(self):
        for text in self._process.stdout:
            line = json.loads(text)
            inbox = self._waiting.get(line.get("id"))
            if inbox is not None:
                inbox.put(line)
            elif "problem" in line and "id" not in line:
                print(line["problem"]["detail"], file=sys.stderr)
        for inbox in list(self._waiting.values()):
            inbox.put(None)


def main(host, method, path, *words):
    gateway = Gateway(["ssh", *host.split()])
    try:
        for line in gateway._lines(method, path, dict(word.split("=", 1) for word in words), None):
            if "item" in line or "body" in line:
                print(json.dumps(line.get("item", line.get("body"))), flush=True)
    except Problem as problem:
        print(json.dumps(problem.facts), file=sys.stderr)
        return 1
    finally:
        gateway.close()
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit("usage: sallyport.py HOST METHOD PATH [name=value ...]")
    sys.exit(main(*sys.argv[1:]))
