package io.sallyport.builds.executor.process;

import static io.sallyport.builds.executor.shell.ShellScript.quote;

import java.nio.file.Path;

/**
 * What stands beside a job's commands to let somebody in. It was started by the job's own shell, so it is kept from
 * everything that the job is kept from, and can give nobody more. The gateway writes the name of a {@link VisitFolder}
 * into its pipe; what it finds there it runs. The job can end it, or ask it for things itself: it gains nothing by that.
 *
 * @param bell its pipe, as the job sees it
 */
record Doorman(Path bell) {
    /** For a job that sees its pipes there. */
    static Doorman of(Places places) {
        return new Doorman(places.ask().resolveSibling(RunFolder.BELL));
    }

    /** Starts it: no child of the shell's, which waits for its children. */
    String text() {
        Path talk = bell.resolveSibling("");
        String visit = quote(talk + "/") + "\"$" + VisitMark.VARIABLE + "\"";
        // The pipes are opened for both where nobody may be at the other end any more.
        return "( ( while command read -r " + VisitMark.VARIABLE + "; do ( ( export " + VisitMark.VARIABLE + "\n"
                + "$(command -v setsid) /bin/sh " + visit + "/script <" + visit + "/in >" + visit + "/out 2>" + visit
                + "/err\ncommand echo \"$?\" 1<>" + visit + "/code ) & ); done <>" + quote(bell)
                + " >/dev/null 2>&1 & ) )\n";
    }
}
