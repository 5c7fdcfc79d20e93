package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.plan.Work;
import java.util.List;
import java.util.Optional;

/** Whose the program is that a job's container begins with; it has to run the one that it is given, which runs the shell. */
enum Entrypoint {
    JOB("the entrypoint that the job names"),
    IMAGE("the image's entrypoint"),
    /** The job has removed it. */
    NONE("the image's /bin/sh");

    private static final String SHELL = "/bin/sh";
    private static final int WORDS = 500;

    private final String called;

    Entrypoint(String called) {
        this.called = called;
    }

    static Entrypoint of(JobOrder order) {
        Optional<List<String>> named = order.job().work().image().flatMap(Work.Image::entrypoint);
        if (named.isEmpty()) {
            return IMAGE;
        }
        return JobContainers.isNone(named.get()) ? NONE : JOB;
    }

    /** Why a container has not been started, by what its engine or a Swarm says; as they say it, where it is no program. */
    String refused(String said) {
        return StartRefusal.of(said).map(this::refused).orElse(said);
    }

    private String refused(StartRefusal refusal) {
        if (!refusal.program().equals(SHELL)) {
            return called + " cannot be started: " + refusal.words();
        }
        return "the image has no " + SHELL + " that can be run: " + refusal.words();
    }

    /** Why a container that runs has no shell. */
    String stays() {
        return "the job's shell does not start: " + called + " does not run it";
    }

    /**
     * Why a container that has ended has had none.
     *
     * @param code that it ended with
     * @param said what it has printed and its engine says; may be empty
     * @param secret a word of the script's first line, which whoever runs a script that it was not given says; never told
     */
    String ended(long code, String said, Optional<String> secret) {
        boolean read = secret.isPresent() && said.contains(secret.get());
        String words = read ? said.replace(secret.get(), "…") : said;
        return "the job's shell does not start, " + called + " has ended with " + code
                + (this == NONE ? "" : " and has not run the command that it was given, as exec \"$@\" does")
                + (read ? "; it has read the job's script itself, and some of that may have run" : "")
                + (words.isBlank() ? "" : ": " + line(words));
    }

    private static String line(String said) {
        String line = String.join(" / ", said.strip().lines().map(String::strip).toList());
        return line.length() > WORDS ? line.substring(0, WORDS) + "…" : line;
    }
}
