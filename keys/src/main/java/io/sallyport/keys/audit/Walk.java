package io.sallyport.keys.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The way through all records of a log, and what is known of it so far. */
final class Walk {
    private static final String SUM = ",\"crc\":\"";

    private final Optional<Checkpoint> kept;
    private final TreeSet<String> signers = new TreeSet<>();
    private @Nullable ChainEnd begin;
    private ChainEnd place = ChainEnd.START;
    private ChainEnd removed = ChainEnd.START;
    private long checkpoints;
    private long lastSigned;
    private int unfinished;

    Walk(Optional<Checkpoint> kept) {
        this.kept = kept;
    }

    /** Goes through the next file; the answer is the first fault in it. */
    Optional<Verification.Fault> through(Path file, boolean last) throws IOException {
        try (LineReader lines = LineReader.open(file)) {
            for (byte[] bytes = lines.next(); bytes != null; bytes = lines.next()) {
                Optional<String> fault = check(bytes);
                if (fault.isPresent()) {
                    return Optional.of(new Verification.Fault(file, lines.count(), fault.get()));
                }
            }
            unfinished = lines.unfinished();
            return rest(lines.rest(), last).map(fault -> new Verification.Fault(file, lines.count() + 1, fault));
        }
    }

    /** What is to be said when all files have been gone through. */
    Verification.Outcome end(List<Path> files, boolean whole) {
        ChainEnd first = begin;
        if (first == null) {
            return new Verification.Fault(files.getFirst(), 0, "there is no record in it");
        }
        if (whole && first.sequence() > 0 && !first.equals(removed)) {
            return new Verification.Fault(
                    files.getFirst(),
                    1,
                    "records 1 to " + first.sequence() + " are missing, and no record says that they were removed");
        }
        return kept.flatMap(checkpoint -> behind(checkpoint, first))
                .<Verification.Outcome>map(fault -> new Verification.Fault(files.getLast(), 0, fault))
                .orElseGet(() -> new Verification.Sound(
                        first.sequence() + 1,
                        place.sequence(),
                        files.size(),
                        checkpoints,
                        List.copyOf(signers),
                        lastSigned,
                        unfinished));
    }

    private Optional<String> check(byte[] bytes) {
        Optional<Line> read = Line.read(bytes);
        if (read.isEmpty()) {
            return Optional.of("this is no record, or its bytes were changed: its check sum is another");
        }
        Line line = read.get();
        if (begin == null) {
            begin = new ChainEnd(line.sequence() - 1, line.previous());
            place = line.sequence() == 1 ? ChainEnd.START : begin;
        }
        if (line.sequence() != place.sequence() + 1) {
            return Optional.of("record " + line.sequence() + " stands where record " + (place.sequence() + 1)
                    + " should be: records were taken out, put in or moved");
        }
        if (!line.continues(place)) {
            return Optional.of("record " + line.sequence() + " does not hold the hash of record " + place.sequence()
                    + ": one of them was changed");
        }
        Optional<String> fault = inside(line);
        place = line.end();
        return fault.or(this::comparison);
    }

    private Optional<String> inside(Line line) {
        if (line.type().equals("removed")) {
            removed = new ChainEnd(
                    line.json().path("last").asLong(), line.json().path("hash").asText());
        }
        if (!line.type().equals(Checkpoint.TYPE)) {
            return Optional.empty();
        }
        Optional<Checkpoint> checkpoint = Checkpoint.read(line.json());
        if (checkpoint.isEmpty() || !checkpoint.get().place().equals(place)) {
            return Optional.of("the checkpoint in record " + line.sequence() + " is not of the record before it");
        }
        checkpoints++;
        lastSigned = place.sequence();
        signers.add(checkpoint.get().key());
        return checkpoint
                .get()
                .fault()
                .map(fault ->
                        "the signature of the checkpoint in record " + line.sequence() + " does not hold: " + fault);
    }

    /** Whether this is the record that the kept checkpoint was made of. */
    private Optional<String> comparison() {
        return kept.filter(checkpoint -> checkpoint.place().sequence() == place.sequence()
                        && !checkpoint.place().equals(place))
                .map(checkpoint -> "record " + place.sequence() + " is not the one that the checkpoint of "
                        + checkpoint.time() + " was made of: the log was written anew");
    }

    /** Why the checkpoint is of a record that is not among those that were gone through. */
    private Optional<String> behind(Checkpoint checkpoint, ChainEnd first) {
        long signed = checkpoint.place().sequence();
        if (signed > place.sequence()) {
            return Optional.of("the log ends with record " + place.sequence() + ", but the checkpoint of "
                    + checkpoint.time() + " was made of record " + signed + ": records were cut off at the end");
        }
        if (signed < first.sequence()) {
            return Optional.of("the checkpoint was made of record " + signed + ", which is not among records "
                    + (first.sequence() + 1) + " to " + place.sequence() + ": it can tell nothing of them");
        }
        boolean other = signed == first.sequence() && !checkpoint.place().equals(first);
        return other
                ? Optional.of("record " + (signed + 1) + " does not continue the record that the checkpoint of "
                        + checkpoint.time() + " was made of: the log was written anew")
                : Optional.empty();
    }

    /** A record that is being written, or that a crash has cut off, is whole but for its end; other bytes are a fault. */
    private static Optional<String> rest(byte[] rest, boolean last) {
        if (rest.length == 0) {
            return Optional.empty();
        }
        if (!last) {
            return Optional.of("the file ends with " + rest.length + " bytes that are no record");
        }
        String text = new String(rest, StandardCharsets.ISO_8859_1);
        int sum = text.indexOf(SUM);
        boolean begun = "{\"seq\":".startsWith(text) || text.startsWith("{\"seq\":");
        boolean tooLong = sum >= 0 && text.length() > sum + SUM.length() + 10;
        return begun && !tooLong
                ? Optional.empty()
                : Optional.of("the file ends with " + rest.length + " bytes that are no record");
    }
}
