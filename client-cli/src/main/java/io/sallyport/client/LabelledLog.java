package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A build's log for people: each line of a job begins with its name, as the gateway has it on a terminal of its own. It is read as
 * records, whose offsets say where to go on after a lost connection: nothing is shown twice, and nothing left out.
 */
final class LabelledLog implements Reconnection.Attempt {
    private static final char UNREADABLE = '\ufffd';

    private final Exchange exchange;
    private final LogRequest log;
    private final OutputStream out;
    private long next;
    private String shown = ""; // of what is at next, where that has bytes that cannot be counted
    private String job = "";
    private Place place = Place.LINE_START;

    /** Where in a line the next character is; behind a carriage return the line ends or begins again. */
    private enum Place {
        LINE_START,
        RETURNED,
        INSIDE
    }

    LabelledLog(Exchange exchange, LogRequest log, OutputStream out) {
        this.exchange = exchange;
        this.log = log;
        this.out = out;
        this.next = log.offset();
    }

    @Override
    public Ending run() throws IOException, InterruptedException {
        Records records = new Records(shown);
        return exchange.run(log.records(next), Body.none(), records);
    }

    @Override
    public long position() {
        return next;
    }

    @Override
    public String resumeHint() {
        return "go on with 'sally log " + log.build() + (log.follow() ? " -f" : "") + " --offset " + next + "'";
    }

    /** The records of one connection. Half a record is what is left of a lost one; it comes again. */
    private final class Records extends Lines {
        private String known;

        Records(String known) {
            this.known = known;
        }

        @Override
        protected void line(byte[] bytes) throws IOException {
            Optional<JsonNode> record = Json.objectOn(bytes).filter(each -> each.has("text"));
            if (record.isPresent()) {
                take(record.get());
            }
        }

        private void take(JsonNode record) throws IOException {
            String text = record.path("text").asText();
            int old = Math.min(known.length(), text.length());
            known = known.substring(old);
            show(record.path("job").asText(""), text.substring(old));
            long offset = record.path("offset").asLong();
            boolean countable = text.indexOf(UNREADABLE) < 0;
            next = countable ? offset + text.getBytes(StandardCharsets.UTF_8).length : offset;
            shown = countable ? "" : text;
        }
    }

    private void show(String name, String text) throws IOException {
        StringBuilder page = new StringBuilder();
        if (!name.equals(job)) {
            if (place != Place.LINE_START && !text.startsWith("\n")) {
                page.append('\n');
                place = Place.LINE_START;
            }
            job = name;
        }
        text.chars().forEach(c -> {
            if (place == Place.LINE_START || (place == Place.RETURNED && c != '\n' && c != '\r')) {
                page.append(name.isEmpty() ? "" : name + " | ");
            }
            page.append((char) c);
            place = switch (c) {
                case '\n' -> Place.LINE_START;
                case '\r' -> Place.RETURNED;
                default -> Place.INSIDE;
            };
        });
        out.write(page.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
