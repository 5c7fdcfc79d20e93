package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.docker.OutputMark.Meaning;
import io.sallyport.builds.executor.shell.Announcement;
import io.sallyport.builds.log.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * What one shell prints, on its way to the job's output: its marks are taken out, and each command is announced after all
 * that was printed before it, in either stream, and before all that is printed after. For that the stream that is ahead
 * of a mark is held until the other has come to it, but no more than a bound: a script that makes up marks delays
 * its own output and nothing else. For one thread, but for what says otherwise.
 */
final class ShellOutput {
    private static final int MOST_HELD = 1 << 20;

    private final List<String> commands;
    private final boolean late;
    private final JobOutput output;
    private final Lane out;
    private final Lane err;
    private final CompletableFuture<Boolean> knock = new CompletableFuture<>();
    private int next; // command to be announced
    private volatile int code = -1;
    private volatile boolean outOfMemory;
    private volatile boolean unpacks;

    /**
     * That of a shell.
     *
     * @param late whether what comes before it is of others, and none of its
     */
    ShellOutput(OutputMark mark, List<String> commands, JobOutput output, boolean late) {
        this.commands = List.copyOf(commands);
        this.output = output;
        this.late = late;
        this.out = new Lane(mark, output::out);
        this.err = new Lane(mark, output::err);
    }

    /** Takes bytes of a stream. */
    private interface Sink {
        void take(ByteBuffer bytes) throws IOException;
    }

    /** Something of a stream that is held. */
    private sealed interface Piece {
        record Bytes(ByteBuffer bytes) implements Piece {}

        record Marked(Meaning meaning) implements Piece {}
    }

    /** One of the streams. Its next piece is a mark whenever it holds any. */
    private final class Lane implements MarkScanner.Target {
        private final MarkScanner scanner;
        private final Sink sink;
        private final Deque<Piece> held = new ArrayDeque<>();
        private int bytes;
        private int early; // marks that were passed without this stream
        private boolean begun;
        private boolean over;

        Lane(OutputMark mark, Sink sink) {
            this.scanner = new MarkScanner(mark, this);
            this.sink = sink;
        }

        @Override
        public void bytes(ByteBuffer more) throws IOException {
            if (over || (late && !begun)) {
                return; // of another shell
            }
            if (held.isEmpty()) {
                sink.take(more);
                return;
            }
            ByteBuffer copy = ByteBuffer.allocate(more.remaining()).put(more).flip();
            bytes += copy.remaining();
            held.add(new Piece.Bytes(copy));
            while (bytes > MOST_HELD) {
                pass(this == out ? err : out);
            }
        }

        @Override
        public void mark(Meaning meaning) throws IOException {
            begun = begun || meaning instanceof Meaning.Knock;
            over = over || meaning instanceof Meaning.Ended;
            if (early > 0 && held.isEmpty()) {
                early--;
                return;
            }
            held.add(new Piece.Marked(meaning));
            while (!out.held.isEmpty() && !err.held.isEmpty()) {
                Meaning both = out.pop();
                err.pop();
                tell(both);
                out.drain();
                err.drain();
            }
        }

        /** Takes the mark away at which it waits; the other stream has not come to it. */
        private void pass(Lane behind) throws IOException {
            behind.early++;
            tell(pop());
            drain();
        }

        private Meaning pop() {
            return ((Piece.Marked) held.remove()).meaning();
        }

        /** Hands over all before the next mark. */
        private void drain() throws IOException {
            while (held.peek() instanceof Piece.Bytes piece) {
                held.remove();
                bytes -= piece.bytes().remaining();
                sink.take(piece.bytes());
            }
        }

        /** The stream has ended: whatever it waits for does not come any more. */
        private void finish(Lane other) throws IOException {
            while (!held.isEmpty()) {
                pass(other);
            }
        }
    }

    /** Takes what comes of a stream. */
    void take(Stream stream, ByteBuffer bytes) throws IOException {
        (stream == Stream.ERR ? err : out).scanner.take(bytes);
    }

    /** Hands over what is held, when both streams have ended. */
    void finish() throws IOException {
        out.scanner.end();
        err.scanner.end();
        out.finish(err);
        err.finish(out);
        knock.complete(false);
    }

    private void tell(Meaning meaning) throws IOException {
        switch (meaning) {
            case Meaning.Knock knocked -> {
                if (!knock.isDone()) { // nothing of the job's has run
                    unpacks = knocked.unpacks();
                }
                announce(0);
                knock.complete(true);
            }
            case Meaning.Begins begins -> announce(begins.command());
            case Meaning.OutOfMemory memory -> outOfMemory = true;
            case Meaning.Ended ended -> code = ended.code();
        }
    }

    /** Commands come in their order; what says otherwise is the script's own making. */
    private void announce(int command) throws IOException {
        if (command != next || command >= commands.size()) {
            return;
        }
        next++;
        for (String line : Announcement.of(commands.get(command))) {
            output.system(line);
        }
    }

    /** Completed when the shell is there, with false when it never will be. Any thread. */
    CompletableFuture<Boolean> knock() {
        return knock;
    }

    /** Whether the shell has tried to unpack something and could. Any thread, once it is there. */
    boolean unpacks() {
        return unpacks;
    }

    /** Whether it was told that the kernel has ended something of it. Any thread, once all was handed over. */
    boolean wasOutOfMemory() {
        return outOfMemory;
    }

    /** How the shell has ended by its own account; empty when it has not told. Any thread, once all was handed over. */
    OptionalInt code() {
        return code < 0 ? OptionalInt.empty() : OptionalInt.of(code);
    }
}
