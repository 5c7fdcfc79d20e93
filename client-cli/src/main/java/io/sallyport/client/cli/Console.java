package io.sallyport.client.cli;

import io.sallyport.client.Answer;
import io.sallyport.client.ClientException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes. A terminal is kept from control sequences; all else gets the bytes as they are. Safe for many
 * threads on standard error, where each writes whole lines.
 */
final class Console implements AutoCloseable {
    private final OutputStream screen;
    private final OutputStream out;
    private final OutputStream err;
    private final Narrator narrator;
    private volatile boolean hushed;

    Console(Surroundings surroundings) {
        Terminals terminals = surroundings.terminals();
        this.screen = surroundings.out();
        this.out = terminals.out() ? new TerminalFilter(surroundings.out()) : surroundings.out();
        this.err = terminals.err() ? new TerminalFilter(surroundings.err()) : surroundings.err();
        this.narrator = new Narrator(err);
    }

    /** Standard output for bytes of the gateway's. */
    OutputStream out() {
        return out;
    }

    /** Standard error for what the gateway says: told to people, or raw. */
    OutputStream gatewaySays(boolean raw) {
        return raw ? err : narrator;
    }

    /** Tells people of a document as if the gateway had said it. */
    void gatewaySays(Answer answer) throws IOException {
        narrator.write((answer.text().strip() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a problem of the gateway's has been shown. */
    boolean problemShown() {
        return narrator.problemShown();
    }

    /** The build that the gateway has told of; 0 when it has of none. */
    long build() {
        return narrator.build();
    }

    /** From now on only {@link #last} is shown: the program is about to end. */
    void hush() {
        hushed = true;
    }

    /** What is shown although all else is not any more. */
    void last(String text) {
        write(text);
    }

    /** Writes text to standard output. */
    void print(String text) throws ClientException {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new ClientException.OutputClosed(e);
        }
    }

    /** Clears the terminal by a sequence of our own, which no filter is to stop. */
    void clear(String sequence) throws IOException {
        screen.write(sequence.getBytes(StandardCharsets.UTF_8));
    }

    /** A line on a terminal that the next one takes the place of, unless it is the last. */
    void status(String line, boolean last) {
        errorText("\rsally: " + line + (last ? "\n" : ""));
    }

    /** A notice on standard error. */
    void say(String sentence) {
        errorLine("sally: " + sentence);
    }

    /** An error on standard error. */
    void complain(String sentence) {
        errorLine("error: " + sentence);
    }

    /** Standard output for the command line library. */
    PrintWriter writer() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    /** Standard error for the command line library. */
    PrintWriter errorWriter() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    /** Shows what is left of an unfinished line. */
    @Override
    public void close() {
        try {
            narrator.close();
            out.flush();
        } catch (IOException e) {
            // Nobody is there to read it.
        }
    }

    private void errorLine(String line) {
        errorText(line + "\n");
    }

    private void errorText(String text) {
        if (!hushed) {
            write(text);
        }
    }

    private void write(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // Nobody is there to read it.
        }
    }
}
