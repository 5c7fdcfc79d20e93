package io.sallyport.keys.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a log from its files alone, one record at a time, whether a gateway writes to it meanwhile or not. What it finds
 * is the first fault.
 *
 * <p>A log that was cut off at its end, or written anew as a whole by somebody who can do so, looks sound in itself; only
 * a checkpoint that was kept elsewhere tells.
 */
public final class Verification {
    private Verification() {}

    /** What came of it. */
    public sealed interface Outcome {}

    /**
     * The first fault.
     *
     * @param file that it is in, or the folder
     * @param line in the file, from 1; 0 when it is about the whole
     * @param what is wrong, a sentence without its full stop
     */
    public record Fault(Path file, long line, String what) implements Outcome {}

    /**
     * No fault was found.
     *
     * @param first sequence number
     * @param last sequence number
     * @param files how many
     * @param checkpoints how many are in the log; all their signatures hold
     * @param signers the keys that made them, in the form of a {@code .pub} file
     * @param lastSigned sequence number of the last record that a checkpoint of the log covers; 0 for none
     * @param unfinished bytes at the end that are no record yet
     */
    public record Sound(
            long first, long last, int files, long checkpoints, List<String> signers, long lastSigned, int unfinished)
            implements Outcome {}

    /**
     * Checks.
     *
     * @param places segments, in their order, or a folder of them; all of it is one chain
     * @param kept a checkpoint that the log has to agree with
     * @throws IOException when something cannot be read
     */
    public static Outcome of(List<Path> places, Optional<Checkpoint> kept) throws IOException {
        Walk walk = new Walk(kept);
        List<Path> files = new ArrayList<>();
        boolean whole = false;
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                Segments segments = new Segments(place);
                segments.numbers().forEach(number -> files.add(segments.file(number)));
                whole = true;
            } else {
                files.add(place);
            }
        }
        if (files.isEmpty()) {
            return new Fault(places.getFirst(), 0, "there is no segment of an audit log in it");
        }
        for (int i = 0; i < files.size(); i++) {
            Optional<Fault> fault = walk.through(files.get(i), i + 1 == files.size());
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        return walk.end(files, whole);
    }
}
