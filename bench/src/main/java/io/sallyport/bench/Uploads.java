package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A large source submitted: the gateway hashes it, checks its entries, stores it and syncs it to the disk before it
 * answers. Beside it sshd writes the same bytes to a file on the same file system.
 */
final class Uploads {
    private static final Path NOTHING = Path.of("/dev/null");

    private @Nullable Path archive;

    /** By exec; sshd with {@code cat}, into a file, into a file with a sync as the gateway has it, and into nothing. */
    List<Row> exec(Contest contest) throws IOException, InterruptedException {
        Path source = archive(contest);
        Path sink = contest.place().file("upload");
        Server sshd = contest.sshd();
        List<String> submit = contest.gateway().ssh("submit " + Gateway.PROJECT);
        try (Blocked gateway = Blocked.by(contest)) {
            Medians medians = new Rounds()
                    .side(
                            Medians.SSHD,
                            () -> written(sink, () -> Programs.pipe(sshd.ssh("cat > " + sink), source, NOTHING)))
                    .side(
                            Medians.GATEWAY,
                            () -> gateway.submitted(source, () -> Programs.pipe(submit, source, NOTHING)))
                    .side(
                            "synced",
                            () -> written(
                                    sink,
                                    () -> Programs.pipe(
                                            sshd.ssh("cat > " + sink + "; sync -d " + sink), source, NOTHING)))
                    .timed("nothing", () -> Programs.pipe(sshd.ssh("cat > /dev/null"), source, NOTHING))
                    .run(contest.effort().transfers());
            double size = contest.effort().mebibytes();
            return List.of(
                    medians.rate("source up by exec, sshd: cat > file", size, Medians.SSHD, new Goal.AtLeast(1.5)),
                    medians.rate("the same, sshd: cat > file; sync file", size, "synced", Goal.NONE),
                    medians.rate("the same, sshd: cat > /dev/null", size, "nothing", Goal.NONE));
        }
    }

    /** By {@code put} of the sftp program. */
    List<Row> sftp(Contest contest) throws IOException, InterruptedException {
        Path source = archive(contest);
        Path sink = contest.place().file("upload");
        Path toSshd = contest.place().file("put-sshd.batch");
        Files.writeString(toSshd, "put " + source + " " + sink + "\n");
        Path toGateway = contest.place().file("put-gateway.batch");
        Files.writeString(toGateway, "put " + source + " /incoming/" + Gateway.PROJECT + "/source.tar\n");
        List<String> sshdPut = contest.sshd().sftp(toSshd.toString());
        List<String> gatewayPut = contest.gateway().sftp(toGateway.toString());
        try (Blocked gateway = Blocked.by(contest)) {
            Medians medians = new Rounds()
                    .side(Medians.SSHD, () -> written(sink, () -> Programs.run(sshdPut)))
                    .side(Medians.GATEWAY, () -> gateway.submitted(source, () -> Programs.run(gatewayPut)))
                    .run(contest.effort().transfers());
            return List.of(medians.rate(
                    "source up by sftp put", contest.effort().mebibytes(), Medians.SSHD, new Goal.AtLeast(1.8)));
        }
    }

    private static double written(Path sink, Rounds.Timed upload) throws IOException, InterruptedException {
        double milliseconds = Rounds.milliseconds(upload);
        Files.delete(sink);
        return milliseconds;
    }

    /** Made once: a spec and random bytes. */
    private Path archive(Contest contest) throws IOException, InterruptedException {
        if (archive == null) {
            Path folder = Files.createDirectories(contest.place().file("source"));
            Path random = folder.resolve("random");
            Programs.pipe(
                    List.of("head", "-c", String.valueOf(contest.effort().bytes()), "/dev/urandom"), NOTHING, random);
            archive = Sources.pack(contest.place(), "source", "script: [\"true\"]\n");
            Files.delete(random);
        }
        return archive;
    }

    /** The gateway while sleeping builds take all of its places, so that nothing but uploads goes on. */
    private record Blocked(Contest contest, Connection control, List<Sleeper> sleepers) implements AutoCloseable {
        static Blocked by(Contest contest) throws IOException, InterruptedException {
            List<Sleeper> sleepers = new ArrayList<>();
            for (int i = 0; i < Gateway.BUILDS_AT_ONCE; i++) {
                sleepers.add(Sleeper.start(contest));
            }
            return new Blocked(contest, contest.gateway().connect(), sleepers);
        }

        /** The build waits behind the sleepers, is canceled before it starts, and its source removed. */
        double submitted(Path source, Rounds.Timed upload) throws IOException, InterruptedException {
            change(source);
            double milliseconds = Rounds.milliseconds(upload);
            String newest = Gateway.ask(control, "GET /builds limit=1");
            Gateway.ask(control, "cancel " + Json.number(newest, "id"));
            Files.delete(contest.gatewayProcess().blob(Json.text(newest, "digest")));
            return milliseconds;
        }

        /** Other bytes in the middle of the large file: a source that the store does not have yet. */
        private static void change(Path source) throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
                file.seek(file.length() / 2);
                file.writeLong(System.nanoTime());
            }
        }

        @Override
        public void close() throws IOException {
            for (Sleeper sleeper : sleepers) {
                sleeper.close();
            }
            control.close();
        }
    }
}
