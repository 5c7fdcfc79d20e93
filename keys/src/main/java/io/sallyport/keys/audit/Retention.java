package io.sallyport.keys.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which segments are kept no longer. A removal is recorded, with the place in the chain that the removed segment ended
 * at, before the file is deleted; so the rest of the chain can be proved as before.
 */
final class Retention {
    private final Segments segments;
    private final AuditSettings settings;

    Retention(Segments segments, AuditSettings settings) {
        this.segments = segments;
        this.settings = settings;
    }

    /**
     * A segment to remove.
     *
     * @param number of the segment
     * @param end the place after its last record
     */
    record Removal(int number, ChainEnd end) {
        ObjectNode fields() {
            return Fields.type("removed")
                    .put("segment", number)
                    .put("last", end.sequence())
                    .put("hash", end.hash());
        }
    }

    /** Those that are too old or too many, the oldest first; never the last one. */
    List<Removal> due(Instant now) throws IOException {
        List<Integer> numbers = segments.numbers();
        List<Removal> due = new ArrayList<>();
        for (int i = 0; i + 1 < numbers.size(); i++) {
            Optional<Line> next = segments.first(numbers.get(i + 1));
            boolean tooMany = numbers.size() - i > settings.segments();
            if (next.isEmpty() || !(tooMany || isOld(next.get(), now))) {
                break;
            }
            due.add(new Removal(
                    numbers.get(i),
                    new ChainEnd(next.get().sequence() - 1, next.get().previous())));
        }
        return due;
    }

    /** The segment before is as old as the first record of the one after it. */
    private boolean isOld(Line next, Instant now) {
        return next.time().plus(settings.keep()).isBefore(now);
    }

    /** Deletes what has been recorded as removed. */
    void remove(List<Removal> removals) throws IOException {
        for (Removal removal : removals) {
            Files.deleteIfExists(segments.file(removal.number()));
        }
        if (!removals.isEmpty()) {
            segments.force();
        }
    }
}
