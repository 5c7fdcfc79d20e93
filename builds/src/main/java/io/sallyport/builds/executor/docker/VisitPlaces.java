package io.sallyport.builds.executor.docker;

import static io.sallyport.builds.executor.shell.ShellScript.quote;

/**
 * Where a visit has its things in a container, in the memory of the job's own files, and what is done with them. Images
 * have nothing but a shell for sure, so all of it is made of what is built into that.
 *
 * @param name of letters and digits, and never used before
 */
record VisitPlaces(String name) {
    private String script() {
        return ContainerPlaces.FILES + "/.visit-" + name;
    }

    private String leader() {
        return script() + ".leader";
    }

    private String found() {
        return script() + ".found";
    }

    /** Commands that put a text there, which may have secrets in it. */
    String put(String text) {
        return "umask 077\nprintf %s " + quote(text) + " >" + quote(script()) + "\n";
    }

    /** Runs that text. Whatever an engine executes leads a session of its own. */
    String run() {
        return "{ command echo 500 >/proc/self/oom_score_adj; } 2>/dev/null; ulimit -c 0; echo $$ >" + quote(leader())
                + " && . " + quote(script());
    }

    /** Asks what is of the visit to end. */
    String ask() {
        return members() + "echo \"$found\" >" + quote(found())
                + "\nfor p in $found; do kill -TERM $p; kill -HUP $p; done 2>/dev/null\n";
    }

    /** Ends what is of the visit, also what has left its session since it was asked to end, and forgets the text. */
    String end() {
        return members() + "{ read -r before <" + quote(found())
                + "; } 2>/dev/null\nfor p in $found $before; do kill -KILL $p; done 2>/dev/null\n: >" + quote(script())
                + "\n";
    }

    /** Those of the session, and those below them (proc_pid_stat(5): after the name come state, parent, group, session). */
    private String members() {
        return "{ read -r leader <" + quote(leader()) + "; } 2>/dev/null || exit 0\n" + """
                found=' ' more=1
                while [ "$more" ]; do
                  more=
                  for d in /proc/[0-9]*; do
                    { read -r line <"$d/stat"; } 2>/dev/null || continue
                    p=${d#/proc/}
                    case $found in *" $p "*) continue ;; esac
                    set -- ${line##*) }
                    case $found in *" $2 "*) found="$found$p " more=1; continue ;; esac
                    if [ "$4" = "$leader" ]; then found="$found$p " more=1; fi
                  done
                done
                """;
    }
}
