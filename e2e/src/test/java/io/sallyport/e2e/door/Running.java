package io.sallyport.e2e.door;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs. Ended by {@link #close} at the latest. */
final class Running implements AutoCloseable {
    private final List<String> command;
    private final Process process;
    private final Capture out;
    private final Capture err;

    /** Starts the program; a stream that the builder redirects is not captured. */
    Running(ProcessBuilder builder) throws IOException {
        this.command = builder.command();
        this.process = builder.start();
        this.out = new Capture(process.getInputStream());
        this.err = new Capture(process.getErrorStream());
    }

    /** What it prints. */
    Capture out() {
        return out;
    }

    /** What it prints on standard error. */
    Capture err() {
        return err;
    }

    /** What it reads. */
    OutputStream in() {
        return process.getOutputStream();
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Gives the bytes to standard input and ends that. A program that stops reading is no fault here. */
    Running give(byte[] bytes) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(bytes);
        } catch (IOException e) {
            // It has ended or closed its input: what it says of that is what counts.
        }
        return this;
    }

    /** Waits for its end. */
    Outcome end() throws InterruptedException {
        return end(Await.DEADLINE);
    }

    /** The same of what has much to do. */
    Outcome end(Duration deadline) throws InterruptedException {
        if (!process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(
                    "no end of " + String.join(" ", command) + "\nout: " + out.text() + "\nerr: " + err.text());
        }
        return new Outcome(process.exitValue(), out.awaitEnd(), err.awaitEnd());
    }

    /** Waits for its end, but not for ever, and whatever it has printed. */
    void awaitExit() {
        process.onExit()
                .completeOnTimeout(process, Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** SIGTERM. */
    Running terminate() {
        process.destroy();
        return this;
    }

    /** SIGKILL. */
    Running kill() {
        process.destroyForcibly();
        return this;
    }

    /** Any other signal, such as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
        Program.of("kill", "-" + name, Long.toString(pid())).run().ok();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
