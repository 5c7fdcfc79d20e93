package io.sallyport.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A large artifact of random bytes, fetched to nowhere; sshd sends a file with the same bytes. */
final class Downloads {
    private static final Path NOTHING = Path.of("/dev/null");

    private @Nullable Large large;

    /** The same bytes on both sides. */
    private record Large(String artifact, Path file) {}

    /** By exec. */
    List<Row> exec(Contest contest) throws IOException, InterruptedException {
        Large both = large(contest);
        Medians medians = new Rounds()
                .timed(Medians.SSHD, () -> Programs.run(contest.sshd().ssh("cat " + both.file())))
                .timed(Medians.GATEWAY, () -> Programs.run(contest.gateway().ssh("GET " + both.artifact())))
                .run(contest.effort().transfers());
        return List.of(row("artifact down by exec, ssh", contest, medians, new Goal.AtLeast(1.5)));
    }

    /** By {@code get} of the sftp program. */
    List<Row> sftp(Contest contest) throws IOException, InterruptedException {
        Large both = large(contest);
        Medians medians = new Rounds()
                .timed(
                        Medians.SSHD,
                        () -> get(contest, contest.sshd(), both.file().toString()))
                .timed(Medians.GATEWAY, () -> get(contest, contest.gateway(), both.artifact()))
                .run(contest.effort().transfers());
        return List.of(row("artifact down by sftp get", contest, medians, new Goal.AtLeast(1.0)));
    }

    private static Row row(String what, Contest contest, Medians medians, Goal goal) {
        return medians.rate(what, contest.effort().mebibytes(), Medians.SSHD, goal);
    }

    private static void get(Contest contest, Server server, String path) throws IOException, InterruptedException {
        Path batch = contest.place().file("get.batch");
        Files.writeString(batch, "get " + path + " " + NOTHING + "\n");
        Programs.run(server.sftp(batch.toString()));
    }

    /** Made once: a build that leaves random bytes, and a copy of them for sshd. */
    private Large large(Contest contest) throws IOException, InterruptedException {
        if (large == null) {
            long bytes = contest.effort().bytes();
            long id = contest.build(Sources.of(contest.place(), """
                    script: ["head -c %d /dev/urandom > large"]
                    artifacts: {paths: [large]}
                    """.formatted(bytes)));
            Large made = new Large(
                    "/builds/" + id + "/artifacts/large", contest.place().file("large.copy"));
            Programs.pipe(contest.gateway().ssh("GET " + made.artifact()), NOTHING, made.file());
            if (Files.size(made.file()) != bytes) {
                throw new IOException("an artifact of " + Files.size(made.file()) + " bytes instead of " + bytes);
            }
            large = made;
        }
        return large;
    }
}
