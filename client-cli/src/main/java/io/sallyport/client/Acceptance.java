package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Hands on what a submission says on standard error, and notes the build that the gateway says it has accepted. */
final class Acceptance extends Lines {
    private static final String SHA256 = "sha256:";
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final OutputStream out;
    private final Consumer<String> accepted;
    private final CountDownLatch told = new CountDownLatch(1);
    private volatile long build = -1;
    private final Set<String> remedied;
    private volatile Optional<String> problem = Optional.empty();

    /**
     * What is said goes to {@code out}, but for problems of the types {@code remedied}, for which there is a remedy. {@code
     * accepted} is called once, when the gateway says so, with the digest of the source, as {@link #source} gives it.
     */
    Acceptance(OutputStream out, Set<String> remedied, Consumer<String> accepted) {
        this.out = out;
        this.remedied = remedied;
        this.accepted = accepted;
    }

    /** The type of the problem that there is a remedy for, if the gateway has told one. */
    Optional<String> problem() {
        return problem;
    }

    /** The SHA-256 of the source in the record of a build, 64 hexadecimal digits; empty when it is not told. */
    static String source(JsonNode build) {
        String digest = build.path("source").path("digest").asText("");
        return digest.startsWith(SHA256) ? digest.substring(SHA256.length()) : "";
    }

    /** The build's id, once it is accepted. */
    OptionalLong build() {
        long id = build;
        return id < 0 ? OptionalLong.empty() : OptionalLong.of(id);
    }

    /**
     * A stream that lets nothing through before the acceptance has been handed on: the two come on different pipes, and a
     * log that begins before its build is hard to read. After two seconds it waits no longer.
     */
    OutputStream before(OutputStream log) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                awaitTold();
                log.write(bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                log.flush();
            }
        };
    }

    private void awaitTold() throws InterruptedIOException {
        try {
            // Whether it was told in time makes no difference: then the log goes on without.
            boolean inTime = told.getCount() == 0 || told.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                told.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before the build was accepted");
        }
    }

    /** Only the first can be it: later lines may be the build's own output. */
    @Override
    protected void line(byte[] bytes) throws IOException {
        if (build < 0) {
            Optional<JsonNode> object = Json.objectOn(bytes);
            problem = object.filter(line -> line.path("status").isInt())
                    .map(line -> line.path("type").asText(""))
                    .filter(remedied::contains);
            if (problem.isPresent()) {
                return;
            }
            object.filter(Acceptance::isBuild).ifPresent(this::take);
        }
        out.write(bytes);
        out.flush();
        if (build >= 0) {
            told.countDown();
        }
    }

    private void take(JsonNode found) {
        build = found.path("id").asLong();
        accepted.accept(source(found));
    }

    private static boolean isBuild(JsonNode line) {
        return line.path("id").isIntegralNumber() && line.path("state").isTextual();
    }
}
