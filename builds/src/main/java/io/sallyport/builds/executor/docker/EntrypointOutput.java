package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.log.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a container that lasts prints before its first process is there. For one thread. */
final class EntrypointOutput {
    private static final int WORDS = 1000;

    private final MarkScanner out;
    private final MarkScanner err;
    private final StringBuilder words = new StringBuilder();
    private int there; // streams in which the first process has said so
    private boolean fixed;

    EntrypointOutput(JobOutput output) {
        this.out = new MarkScanner(OutputMark.ENTRY, target(output::out));
        this.err = new MarkScanner(OutputMark.ENTRY, target(output::err));
    }

    /** Takes bytes of a stream. */
    private interface Sink {
        void take(ByteBuffer bytes) throws IOException;
    }

    private MarkScanner.Target target(Sink sink) {
        return new MarkScanner.Target() {
            private boolean over;

            @Override
            public void bytes(ByteBuffer bytes) throws IOException {
                if (!over) {
                    if (words.length() < WORDS) {
                        words.append(StandardCharsets.UTF_8.decode(bytes.duplicate()));
                    }
                    sink.take(bytes);
                }
            }

            @Override
            public void mark(OutputMark.Meaning meaning) {
                there += over ? 0 : 1;
                over = true;
                fixed = meaning.equals(new OutputMark.Meaning.Begins(1));
            }
        };
    }

    void take(Stream stream, ByteBuffer bytes) throws IOException {
        (stream == Stream.ERR ? err : out).take(bytes);
    }

    boolean isOver() {
        return there == 2;
    }

    /** Whether no program can give a process of the job more rights. */
    boolean hasFixedRights() {
        return fixed;
    }

    /** The beginning of it. */
    String words() {
        return words.toString().strip();
    }
}
