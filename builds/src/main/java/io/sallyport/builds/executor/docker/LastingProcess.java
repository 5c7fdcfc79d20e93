package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.shell.ShellJob;
import java.util.List;

/**
 * The program of the first process of a container that lasts, for {@code /bin/sh} and with nothing else that an image need
 * have. It says {@link OutputMark#ENTRY}, with 1 when no program can give its processes more rights, else 0. Then it runs a
 * shell for each word that it reads, and ends all processes that the shell has left before it tells how that has ended.
 */
final class LastingProcess {
    /** Has no shell whose rights can grow, where the image has what it takes: a Swarm cannot be asked for it. */
    static final String GUARD = "setpriv --no-new-privs /bin/sh -c : 2>/dev/null"
            + " && exec setpriv --no-new-privs /bin/sh -c \"$0\"; exec /bin/sh -c \"$0\"";

    private static final String FIXED =
            "while read -r name value; do [ \"$name\" = NoNewPrivs: ] && fixed=$value; done </proc/self/status\n";

    /** How many processes the kernel has ended for want of memory, of either kind of control groups. */
    private static final String KILLED =
            "for counts in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do"
                    + " [ ! -r \"$counts\" ] || while read -r name value; do [ \"$name\" != oom_kill ] || killed=$value; done"
                    + " <\"$counts\"; done\n";

    /** What stands between scripts and begins otherwise than the first word is what was left of one that was broken off. */
    private static final String OTHERWISE =
            "case $mark in ?*.*) [ \"${run:=${mark%.*}}\" = \"${mark%.*}\" ] || continue;; *) continue;; esac\n";

    private LastingProcess() {}

    /** What the container runs. */
    static List<String> command() {
        return List.of("/bin/sh", "-c", GUARD, program());
    }

    private static String program() {
        return "exec 3>&2 2>/dev/null; trap : HUP INT TERM; export " + ShellJob.RUN + "=/proc/$$/fd\n"
                + "fixed=0; run=; killed=0\n"
                + FIXED
                + both(OutputMark.ENTRY.word() + " $fixed")
                + "while IFS= read -r mark || [ $? -gt 128 ]; do\n"
                + OTHERWISE
                + KILLED
                + "before=$killed\n"
                + "(exec /bin/sh 2>&3 3>&-)\n"
                + "code=$?; tries=0; while kill -KILL -1 && [ \"$tries\" -lt 1000 ]; do (:); tries=$((tries + 1)); done\n"
                + KILLED
                + "if [ \"$killed\" != \"$before\" ]; then\n"
                + both("$mark " + OutputMark.MEMORY)
                + "fi\n"
                + both("$mark " + OutputMark.END + "$code")
                + "done";
    }

    /** Says a mark in both streams. */
    private static String both(String mark) {
        String echo = "echo \"" + OutputMark.RS + mark + "\"";
        return echo + "; " + echo + " >&3\n";
    }
}
