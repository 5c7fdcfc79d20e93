package io.sallyport.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.Content;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a handler answers; each surface writes it in its own way. */
public sealed interface Response {
    /**
     * One JSON document.
     *
     * @param status 200 to 299
     * @param body the representation
     * @param exit of the channel, {@link ExitStatus#OK} unless the request waited for a build
     * @param note what people are told before the document; not part of it
     */
    record Document(int status, JsonNode body, int exit, Optional<String> note) implements Response {
        /** A document that speaks for itself. */
        public Document(int status, JsonNode body, int exit) {
            this(status, body, exit, Optional.empty());
        }

        /** A document with status 200. */
        public static Document of(JsonNode body) {
            return new Document(200, body, ExitStatus.OK);
        }
    }

    /**
     * A page of a list.
     *
     * @param items in order
     * @param next cursor for {@code after=}, when there is more
     * @param columns the members that people are shown, in order; of all the items' members
     * @param note what is told beside the list, such as why it is empty; not part of it
     */
    record Page(List<? extends JsonNode> items, Optional<String> next, List<String> columns, Optional<String> note)
            implements Response {
        /** A page that speaks for itself. */
        public Page(List<? extends JsonNode> items, Optional<String> next, List<String> columns) {
            this(items, next, columns, Optional.empty());
        }
    }

    /**
     * Records, one JSON document each, that end some time.
     *
     * @param records opened by the surface, once
     * @param exit asked after the end
     * @param text a line for people, of one of the records
     */
    record Records(Opener<RecordStream> records, Outcome exit, Function<JsonNode, String> text) implements Response {
        /** Records that people are shown as programs are. */
        public Records(Opener<RecordStream> records, Outcome exit) {
            this(records, exit, record -> record + "\n");
        }
    }

    /**
     * Raw bytes.
     *
     * @param content the bytes
     * @param offset to start from
     * @param untrusted whether a terminal must be kept from the bytes' control sequences
     * @param exit asked after the end
     */
    record Bytes(Content content, long offset, boolean untrusted, Outcome exit) implements Response {}

    /** A build that is followed from its submission to its end: see {@link Transcript}. */
    record Followed(Transcript transcript) implements Response {}

    /** A way into a job: for a surface that carries bytes both ways, which closes it. */
    record Entered(Entrance entrance) implements Response {}

    /** Text for people, whatever the format asked for. */
    record Text(String text, int exit) implements Response {}

    /** Done; there is nothing to show. */
    record Empty() implements Response {}

    /** Not done. */
    record Failed(Problem problem) implements Response {}

    /** The exit status of a channel, known when all has been written. */
    @FunctionalInterface
    interface Outcome {
        /** The exit status; waits for a build whose end is about to be recorded. */
        int status() throws InterruptedException;
    }

    /** Opens something that must be closed. */
    @FunctionalInterface
    interface Opener<T> {
        /** Opens it. */
        T open() throws IOException;
    }

    /** A pull-based stream of JSON records. */
    interface RecordStream extends AutoCloseable {
        /**
         * The next record, waiting for it if need be; null at the end.
         *
         * @throws StreamProblem when there is more that cannot be given
         */
        @Nullable
        JsonNode next() throws IOException, InterruptedException;

        @Override
        void close() throws IOException;
    }
}
