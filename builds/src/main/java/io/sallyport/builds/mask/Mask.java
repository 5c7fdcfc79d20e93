package io.sallyport.builds.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.builds.executor.JobOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;

/**
 * Puts {@code [masked]} where a value stands, in bytes that come in any pieces. A value is found as it is, in each of its
 * lines, in base64, in percent escapes, in JSON's and shells' escapes and quotes. Values of less than {@link #LEAST}
 * characters are not hidden, nor such lines of longer ones: too much else would be. Takes time with the bytes alone, and
 * memory with the values. Immutable; any thread.
 */
public final class Mask {
    /** Characters that a value, or a line of one, must have to be hidden; blanks at its ends do not count. */
    public static final int LEAST = 8;

    /** Different characters that a line of a value must have to be hidden; and a value, not to look like much else. */
    public static final int FEW = 4;

    /** Hides nothing. */
    public static final Mask NONE = of(List.of());

    private final Automaton automaton;

    private Mask(Automaton automaton) {
        this.automaton = automaton;
    }

    /** Hides these values. */
    public static Mask of(Collection<String> values) {
        return new Mask(new Automaton(Patterns.of(values)));
    }

    /** How many different characters a text has, blanks at its ends aside. */
    public static int variety(String text) {
        return (int) text.strip().codePoints().distinct().count();
    }

    /** Whether nothing is hidden. */
    public boolean isEmpty() {
        return automaton.longest() == 0;
    }

    /** A text by itself, with what is hidden in it. */
    public String text(String text) {
        if (isEmpty()) {
            return text;
        }
        byte[] bytes = text.getBytes(UTF_8);
        ByteArrayOutputStream masked = new ByteArrayOutputStream(bytes.length);
        MaskedStream stream = stream();
        MaskedStream.Target target = part -> masked.write(part.array(), part.arrayOffset(), part.remaining());
        try {
            stream.take(ByteBuffer.wrap(bytes), target);
            stream.end(target);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return masked.toString(UTF_8);
    }

    /** A stream of bytes that begins now. */
    MaskedStream stream() {
        return new MaskedStream(automaton);
    }

    /** What a job prints from now on goes through the mask into an output. */
    public Masking over(JobOutput output) {
        return isEmpty() ? Masking.none(output) : Masking.of(new MaskedOutput(this, output));
    }
}
