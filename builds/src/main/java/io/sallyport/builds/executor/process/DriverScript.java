package io.sallyport.builds.executor.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The text that {@code /bin/sh} reads from its standard input, so that neither commands nor secrets stand in an
 * argument list or a file. One shell runs all commands (POSIX.1-2024, Shell Command Language). Between two it writes a
 * line into one pipe and waits for one in another, so the gateway can announce the next before it prints anything. The
 * shell opens these pipes by name each time: no descriptor of the script's own is taken, and none can be closed.
 *
 * @param ask the pipe it writes to, as the shell sees it
 * @param answer the pipe it reads from, as the shell sees it
 */
record DriverScript(Path ask, Path answer) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** Constants of bash's: setting one would end the script. It does not take them from an environment either. */
    private static final Set<String> CONSTANT_IN_BASH =
            Set.of("BASHOPTS", "BASH_VERSINFO", "EUID", "PPID", "SHELLOPTS", "UID");

    /** For a job that sees its pipes there. */
    static DriverScript of(Places places) {
        return new DriverScript(places.ask(), places.answer());
    }

    /**
     * The first line: the shell is there. The rest is only sent after that: until then the shell might outlive a
     * gateway that was killed. Opened for both, so that it does not wait where no gateway is any more.
     */
    String knock() {
        return "command echo 1<>" + quote(ask) + "\n";
    }

    /**
     * The rest. It is one compound command: a shell that reads only a part of it runs nothing.
     *
     * @param files contents by the places that they are written to, which nobody else can read
     */
    String text(List<String> commands, Map<String, String> environment, Map<Path, byte[]> files, int processes) {
        StringBuilder text = new StringBuilder("{\nexec </dev/null\n");
        // When memory runs out, the kernel is to end a job and not the gateway (proc_pid_oom_score_adj(5)).
        text.append("{ command echo 500 >/proc/self/oom_score_adj; } 2>/dev/null\n");
        // Let a foreground command end by the same signal in its own time, then run the script's own EXIT trap.
        text.append("trap 'exit 143' TERM\nulimit -c 0\n");
        if (processes > 0) { // -p in dash and busybox, -u in bash
            text.append("{ ulimit -p ").append(processes).append(" || ulimit -u ");
            text.append(processes).append("; } 2>/dev/null\n");
        }
        files.forEach((place, content) -> text.append(file(place, content)));
        environment.forEach((name, value) -> text.append(export(name, value)));
        text.append("set -e\n");
        String between = "{ command echo 1<>" + quote(ask) + "; command read -r _ <" + quote(answer)
                + "; } 2>/dev/null\n"; // silent under set -x
        for (int i = 0; i < commands.size(); i++) {
            // Each is parsed when its turn comes, as in a terminal: a faulty one harms none before it.
            text.append(i == 0 ? "" : between)
                    .append("eval ")
                    .append(quote(commands.get(i)))
                    .append("\n");
        }
        return text.append("{ SALLYPORT_CODE=$?; set +x; } 2>/dev/null\nexit \"$SALLYPORT_CODE\"\n}\n")
                .toString();
    }

    /** The names that a shell cannot have as variables; they are left out. */
    static Set<String> impossible(Map<String, String> environment) {
        Set<String> names = new TreeSet<>(environment.keySet());
        names.removeIf(DriverScript::isName);
        return names;
    }

    /** Whether a shell can have a variable of that name. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private static String export(String name, String value) {
        if (!isName(name)) {
            return "";
        }
        String line = "export " + name + "=" + quote(value);
        return CONSTANT_IN_BASH.contains(name) ? "[ -n \"${BASH_VERSION-}\" ] || " + line + "\n" : line + "\n";
    }

    /** By what is built into every shell: 0400, and never in an argument list. */
    private static String file(Path place, byte[] content) {
        StringBuilder line = new StringBuilder("(umask 0377; printf '");
        for (byte each : content) {
            line.append('\\').append(Integer.toOctalString((each & 0xff) | 0x200), 1, 4);
        }
        return line.append("' >").append(quote(place)).append(") || exit 1\n").toString();
    }

    private static String quote(Object word) {
        return "'" + word.toString().replace("'", "'\\''") + "'";
    }
}
