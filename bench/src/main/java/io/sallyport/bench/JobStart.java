package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A job that does nothing, in its sandbox: from the job's start to its end as recorded, with its workspace, log and
 * records. Beside it bubblewrap alone with the same kinds of namespaces, started by Java as well.
 */
final class JobStart implements Measure {
    private static final List<String> BWRAP = List.of(
            "bwrap",
            "--unshare-all",
            "--die-with-parent",
            "--new-session",
            "--ro-bind",
            "/usr",
            "/usr",
            "--symlink",
            "usr/bin",
            "/bin",
            "--symlink",
            "usr/lib",
            "/lib",
            "--symlink",
            "usr/lib64",
            "/lib64",
            "--proc",
            "/proc",
            "--dev",
            "/dev",
            "--tmpfs",
            "/tmp",
            "--",
            "/bin/sh",
            "-c",
            "true");

    @Override
    public List<Row> measure(Contest contest) throws IOException, InterruptedException {
        byte[] source = Sources.of(contest.place(), "script: [\"true\"]\n");
        try (Connection connection = contest.gateway().connect()) {
            for (int i = 0; i < contest.effort().jobs(); i++) {
                build(connection, source);
            }
            Medians job = new Rounds()
                    .timed("bwrap", () -> Programs.run(BWRAP))
                    .side("job", () -> job(build(connection, source)))
                    .timed("build", () -> build(connection, source))
                    .run(contest.effort().jobs());
            return List.of(
                    new Row(
                            "sandboxed job, first to last record (sshd: bwrap alone)",
                            "ms",
                            job.of("bwrap"),
                            job.of("job"),
                            new Goal.Within(15, "ms")),
                    new Row(
                            "submit, build and follow to the end, open connection",
                            "ms",
                            Double.NaN,
                            job.of("build"),
                            Goal.NONE));
        }
    }

    private static String build(Connection connection, byte[] source) throws IOException {
        return Gateway.ask(connection, "submit " + Gateway.PROJECT + " follow=true", source);
    }

    /** The job's own milliseconds; in the last line of the answer stands the build as it ended. */
    private static double job(String answer) {
        String ended = answer.strip().lines().reduce("", (first, second) -> second);
        String job = ended.substring(ended.indexOf("\"jobs\""));
        return Duration.between(Instant.parse(Json.text(job, "started")), Instant.parse(Json.text(job, "finished")))
                .toMillis();
    }
}
