package io.sallyport.builds.executor.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * The text that {@code /bin/sh} reads from its standard input, so that neither commands nor secrets stand in an argument
 * list or a file. One shell runs all commands (POSIX.1-2024, Shell Command Language). It is one compound command: a shell
 * that reads only a part of it runs nothing.
 */
public final class ShellScript {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** Constants of bash's: setting one would end the script. It does not take them from an environment either. */
    private static final Set<String> CONSTANT_IN_BASH =
            Set.of("BASHOPTS", "BASH_VERSINFO", "EUID", "PPID", "SHELLOPTS", "UID");

    private ShellScript() {}

    /**
     * The script.
     *
     * @param files contents by the places that they are written to, which nobody else can read
     * @param processes its limit, 0 where others see to it
     * @param beside lines of shell for what runs beside the commands: under their limits, and without their variables
     * @param between what it does before the command of that index, from 1: lines of shell, silent under {@code set -x}
     */
    public static String text(
            List<String> commands,
            Map<String, String> environment,
            Map<Path, byte[]> files,
            int processes,
            String beside,
            IntFunction<String> between) {
        StringBuilder text = new StringBuilder("{\nexec </dev/null\n");
        // When memory runs out, the kernel is to end a job and not the gateway (proc_pid_oom_score_adj(5)).
        text.append("{ command echo 500 >/proc/self/oom_score_adj; } 2>/dev/null\n");
        // Let a foreground command end by the same signal in its own time, then run the script's own EXIT trap.
        text.append("trap 'exit 143' TERM\nulimit -c 0\n");
        if (processes > 0) { // -p in dash and busybox, -u in bash
            text.append("{ ulimit -p ").append(processes).append(" || ulimit -u ");
            text.append(processes).append("; } 2>/dev/null\n");
        }
        text.append(beside);
        files.forEach((place, content) -> text.append(file(place, content)));
        text.append(exports(environment));
        text.append("set -e\n");
        for (int i = 0; i < commands.size(); i++) {
            // Each is parsed when its turn comes, as in a terminal: a faulty one harms none before it.
            text.append(i == 0 ? "" : between.apply(i))
                    .append("eval ")
                    .append(quote(commands.get(i)))
                    .append("\n");
        }
        return text.append("{ SALLYPORT_CODE=$?; set +x; } 2>/dev/null\nexit \"$SALLYPORT_CODE\"\n}\n")
                .toString();
    }

    /** The names that a shell cannot have as variables; they are left out. */
    public static Set<String> impossible(Map<String, String> environment) {
        Set<String> names = new TreeSet<>(environment.keySet());
        names.removeIf(ShellScript::isName);
        return names;
    }

    /** Whether a shell can have a variable of that name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Lines that export variables; those that no shell can have are left out. */
    static String exports(Map<String, String> environment) {
        StringBuilder lines = new StringBuilder();
        environment.forEach((name, value) -> lines.append(export(name, value)));
        return lines.toString();
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

    /** A word that a shell takes as it is. */
    public static String quote(Object word) {
        return "'" + word.toString().replace("'", "'\\''") + "'";
    }
}
