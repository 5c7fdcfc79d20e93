package io.sallyport.builds.executor.shell;

import io.sallyport.builds.executor.Entry;
import java.nio.file.Path;
import java.util.Map;

/** What {@code /bin/sh} runs for somebody who is let into a job. */
public final class VisitScript {
    private VisitScript() {}

    /**
     * The text.
     *
     * @param workspace as the job sees it
     * @param environment of the job's commands, and of the visit's own
     * @param program lines of shell that it ends with
     */
    public static String text(Path workspace, Map<String, String> environment, String program) {
        return ShellScript.exports(environment) + "cd " + ShellScript.quote(workspace) + " || exit 1\n" + program;
    }

    /** A shell that takes commands from its input. */
    public static String plainShell() {
        return "exec /bin/sh\n";
    }

    /** A shell for somebody at a terminal that is there: the one that is easiest to type in, of those that there are. */
    public static String interactiveShell() {
        return "SHELL=$(command -v bash) || SHELL=/bin/sh\nexport SHELL\nexec \"$SHELL\" -i\n";
    }

    /** Sets the size of the terminal that is standard input, where that is known and can be done. */
    public static String size(Entry.Terminal size) {
        return size.columns() == 0 || size.lines() == 0
                ? ""
                : "stty rows " + size.lines() + " cols " + size.columns() + " 2>/dev/null\n";
    }

    /**
     * A connection from input and output to a port, by whatever there is that can make one. Only some of them tell the
     * other side that the input has ended.
     */
    public static String port(int number) {
        String python = """
                import socket, sys, threading
                s = socket.create_connection(("localhost", %d))
                def take():
                    while True:
                        b = sys.stdin.buffer.raw.read(65536)
                        if not b: break
                        s.sendall(b)
                    s.shutdown(socket.SHUT_WR)
                threading.Thread(target=take, daemon=True).start()
                while True:
                    b = s.recv(65536)
                    if not b: break
                    sys.stdout.buffer.write(b)
                    sys.stdout.buffer.flush()
                """.formatted(number);
        String bash =
                "exec 3<>/dev/tcp/localhost/" + number + " 4<&0 || exit 1; cat <&4 >&3 & cat <&3; kill $! 2>/dev/null";
        return "if command -v socat >/dev/null; then exec socat - TCP:localhost:" + number + "\n"
                + "elif command -v nc >/dev/null; then exec nc localhost " + number + "\n"
                + "elif command -v python3 >/dev/null; then exec python3 -c " + ShellScript.quote(python) + "\n"
                + "elif command -v bash >/dev/null && command -v cat >/dev/null; then exec bash -c "
                + ShellScript.quote(bash) + "\n"
                + "elif command -v busybox >/dev/null; then exec busybox nc localhost " + number + "\n"
                + "fi\necho 'nothing is here that can connect: socat, nc, python3 or bash' >&2\nexit 127\n";
    }
}
