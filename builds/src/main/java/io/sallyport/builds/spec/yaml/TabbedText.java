package io.sallyport.builds.spec.yaml;

import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;

/**
 * A text with tabs where this parser takes none and others do: between a value and the end of its line, or a comment.
 * They are replaced by blanks one after the other, as they are found; their number is bounded by the work it takes.
 */
final class TabbedText {
    /** Characters that are read again, all together. */
    private static final long MOST_WORK = 16L << 20;

    private String text;
    private long work;

    TabbedText(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** Mends what the parser has complained about; false when it is something else, or too much. */
    boolean mend(Optional<Mark> problem) {
        work += text.length();
        if (problem.isEmpty() || work > MOST_WORK) {
            return false;
        }
        int at = text.offsetByCodePoints(0, Math.min(problem.get().getIndex(), text.codePointCount(0, text.length())));
        if (at >= text.length() || text.charAt(at) != '\t' || isIndentation(at)) {
            return false;
        }
        text = text.substring(0, at) + ' ' + text.substring(at + 1);
        return true;
    }

    private boolean isIndentation(int at) {
        return text.substring(text.lastIndexOf('\n', at) + 1, at).isBlank();
    }
}
