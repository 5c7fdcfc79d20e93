package io.sallyport.gateway.dashboard.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.dashboard.house.Questions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Looks for a line in all of a log, also in what is not held. */
public final class LogSearch {
    private final Questions questions;
    private final LogName name;

    /** Looks in that log. */
    public LogSearch(Questions questions, LogName name) {
        this.questions = questions;
        this.name = name;
    }

    /**
     * The offset of the first line behind an offset that is wanted, or else of the first at all; empty when there is none.
     *
     * @throws InterruptedException when the dashboard ends
     */
    public OptionalLong after(long offset, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        OptionalLong found = first(offset + 1, Long.MAX_VALUE, wanted);
        return found.isPresent() || offset < 0 ? found : first(0, offset, wanted);
    }

    /** The offset of the last line before an offset that is wanted, or else of the last at all; empty when there is none. */
    public OptionalLong before(long offset, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        OptionalLong[] found = {OptionalLong.empty(), OptionalLong.empty()}; // before, and at all
        read(0, record -> {
            if (wanted.test(record)) {
                long at = record.path("offset").asLong();
                found[1] = OptionalLong.of(at);
                if (at < offset) {
                    found[0] = found[1];
                }
            }
            return true;
        });
        return found[0].isPresent() ? found[0] : found[1];
    }

    private OptionalLong first(long from, long to, Predicate<JsonNode> wanted)
            throws IOException, InterruptedException {
        OptionalLong[] found = {OptionalLong.empty()};
        read(from, record -> {
            long at = record.path("offset").asLong();
            if (at <= to && wanted.test(record)) {
                found[0] = OptionalLong.of(at);
            }
            return found[0].isEmpty() && at < to;
        });
        return found[0];
    }

    private void read(long from, Questions.Reader reader) throws IOException, InterruptedException {
        Map<String, String> parameters = new HashMap<>(Map.of("format", "ndjson", "offset", Long.toString(from)));
        if (!name.job().isEmpty()) {
            parameters.put("job", name.job());
        }
        questions.follow(name.path(), parameters, reader);
    }
}
