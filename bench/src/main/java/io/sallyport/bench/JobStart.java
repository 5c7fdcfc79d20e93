package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A job that does nothing, in its sandbox: from the job's start to its end as recorded, with workspace, log and records.
 * Beside it the same sandbox without the gateway: the command line of a job that sleeps meanwhile, run by Java as well.
 */
final class JobStart implements Measure {
    private static final String SANDBOX = "sandbox";
    private static final String BUILD = "build";

    @Override
    public List<Row> measure(Contest contest) throws IOException, InterruptedException {
        byte[] source = Sources.of(contest.place(), "script: [\"true\"]\n");
        try (Connection connection = contest.gateway().connect();
                Sleeper sleeper = Sleeper.start(contest)) {
            List<String> sandbox = sandbox(contest.gatewayProcess().pid());
            for (int i = 0; i < contest.effort().jobs(); i++) {
                build(connection, source);
            }
            Medians medians = new Rounds()
                    .timed(SANDBOX, () -> Programs.run(sandbox))
                    .side(Medians.GATEWAY, () -> job(build(connection, source)))
                    .timed(BUILD, () -> build(connection, source))
                    .run(contest.effort().jobs());
            sleeper.check();
            return List.of(
                    new Row(
                            "sandboxed job, first to last record (instead of sshd: its bwrap alone)",
                            "ms",
                            medians.of(SANDBOX),
                            medians.of(Medians.GATEWAY),
                            new Goal.Within(15, "ms")),
                    new Row(
                            "submit, build and follow to the end, open connection",
                            "ms",
                            Double.NaN,
                            medians.of(BUILD),
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

    /** The filter of system calls is read from a file that only the gateway's own process has open. */
    private static void withoutFilter(List<String> words) {
        int filter = words.indexOf("--seccomp");
        if (filter >= 0) {
            words.subList(filter, filter + 2).clear();
        }
    }

    /** What the gateway has started for its one running job, with nothing to do for the shell at its end. */
    static List<String> sandbox(long gateway) throws IOException {
        for (ProcessHandle child :
                ProcessHandle.of(gateway).orElseThrow().children().toList()) {
            String line = Files.readString(Path.of("/proc", String.valueOf(child.pid()), "cmdline"));
            List<String> words = new ArrayList<>(Arrays.asList(line.split("\0")));
            if (words.getFirst().endsWith("bwrap")) {
                withoutFilter(words);
                words.addAll(List.of("-c", "true"));
                return words;
            }
        }
        throw new IOException("no job runs in a sandbox: is bubblewrap there?");
    }
}
