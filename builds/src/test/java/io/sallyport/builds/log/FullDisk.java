package io.sallyport.builds.log;

import io.sallyport.builds.BuildState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** What {@link FullDiskTest} runs on a disk of 256 KiB. Ends with an exception when something is not as it must be. */
final class FullDisk {
    private static final int CHUNK = 4096;

    private final Path folder;
    private final Path ballast;

    private FullDisk(Path folder) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
    }

    public static void main(String[] arguments) throws IOException {
        FullDisk disk = new FullDisk(Path.of(arguments[0]));
        disk.whatFitsStaysAndWhatIsLostIsSaid();
        disk.theEndOfACutLogIsKeptAsFarAsItFits();
        System.out.println("all is well");
    }

    private void whatFitsStaysAndWhatIsLostIsSaid() throws IOException {
        Files.write(ballast, new byte[8 * CHUNK]);
        try (LogStore store = new LogStore(folder.resolve("a"), LogLimits.DEFAULT)) {
            BuildLog log = store.create(1);
            try (LogWriter writer = log.writer()) {
                int job = writer.job("test");
                long lost = fill(writer, job);
                long size = log.size();
                check(Reader.text(log, LogSelection.printed()).length() == size, "bytes beyond those printed");
                lost += fill(writer, job);
                Files.delete(ballast);
                writer.append(job, Stream.OUT, StandardCharsets.UTF_8.encode("there is room again\n"));
                String rest = Reader.text(log).substring((int) size).strip();
                check(rest.equals("[" + lost + " bytes could not be stored here]\nthere is room again"), rest);
                fill(writer, job);
                writer.end(BuildState.FAILED);
            }
            check(store.failure().isEmpty(), "a full disk is no failed sync");
        }
        try (LogStore store = new LogStore(folder.resolve("a"), LogLimits.DEFAULT)) {
            check(store.open(1).end().equals(Optional.of(BuildState.FAILED)), "no end");
            store.delete(1);
        }
    }

    /** Prints until the disk is full; gives how much of the last line found no room. */
    private static long fill(LogWriter writer, int job) {
        ByteBuffer line = ByteBuffer.wrap(("x".repeat(998) + "\n").getBytes(StandardCharsets.UTF_8));
        while (true) {
            try {
                writer.append(job, Stream.OUT, line.rewind());
            } catch (IOException e) {
                return line.remaining();
            }
        }
    }

    private void theEndOfACutLogIsKeptAsFarAsItFits() throws IOException {
        try (LogStore store = new LogStore(folder.resolve("b"), new LogLimits(128 << 10))) {
            BuildLog log = store.create(1);
            try (LogWriter writer = log.writer()) {
                int job = writer.job("test");
                for (int i = 0; i < 300; i++) {
                    writer.append(job, Stream.OUT, StandardCharsets.UTF_8.encode("%0998d\n".formatted(i)));
                }
                fillWithBallast();
                writer.end(BuildState.FAILED);
            }
            String text = Reader.text(log);
            check(text.contains("bytes left out here"), "nothing said about the middle");
            check(text.endsWith("%0998d\n".formatted(299)), "the last line is missing");
            check(log.end().equals(Optional.of(BuildState.FAILED)), "no end");
        }
    }

    private void fillWithBallast() throws IOException {
        Files.createFile(ballast);
        while (true) {
            try {
                Files.write(ballast, new byte[CHUNK], StandardOpenOption.APPEND);
            } catch (IOException e) {
                return; // as wanted
            }
        }
    }

    private static void check(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalStateException(otherwise);
        }
    }
}
