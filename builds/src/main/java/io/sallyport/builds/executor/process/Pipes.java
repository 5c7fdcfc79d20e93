package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.JobOutput;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.Consumer;

/**
 * The gateway's ends of all pipes of one run.
 *
 * @param talk with its shell
 * @param out standard output
 * @param err standard error
 */
record Pipes(Talk talk, OutputPump out, OutputPump err) implements AutoCloseable {
    /**
     * Opens them; nothing is read yet.
     *
     * @param onFailure told when the output takes no more, from a thread of a pump's
     */
    static Pipes open(RunFolder folder, SecureRandom random, JobOutput output, Consumer<IOException> onFailure)
            throws IOException {
        Talk talk = new Talk(folder);
        try {
            OutputPump out = new OutputPump(folder.out(), random, output::out, onFailure);
            try {
                return new Pipes(talk, out, new OutputPump(folder.err(), random, output::err, onFailure));
            } catch (IOException e) {
                out.close();
                throw e;
            }
        } catch (IOException e) {
            talk.close();
            throw e;
        }
    }

    void startPumps() {
        out.start();
        err.start();
    }

    /** Returns when all that was printed before has been handed over. */
    void flush() throws IOException, InterruptedException {
        out.flush();
        err.flush();
    }

    /** Hands over all that was printed and ends the pumps. */
    void finish() throws IOException, InterruptedException {
        out.finish();
        err.finish();
    }

    @Override
    public void close() throws IOException {
        try (talk;
                out) {
            err.close();
        }
    }
}
