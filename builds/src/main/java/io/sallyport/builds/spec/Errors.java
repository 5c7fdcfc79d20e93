package io.sallyport.builds.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** The errors found so far, up to a bound; those beyond it are counted. */
final class Errors {
    private static final int MOST = 100;
    private static final int LONGEST_WORD = 60;
    private static final int LONGEST_SENTENCE = 300;

    private final List<SpecError> found = new ArrayList<>();
    private int more;

    void add(Place place, String message) {
        add(place, () -> message);
    }

    /** The same with a message that costs something to make; it is made only when it is kept. */
    void add(Place place, Supplier<String> message) {
        if (found.size() < MOST) {
            found.add(new SpecError(place.line(), place.column(), message.get()));
        } else {
            more++;
        }
    }

    boolean none() {
        return found.isEmpty();
    }

    /** In the order of their places. */
    List<SpecError> all() {
        List<SpecError> all = new ArrayList<>(found);
        all.sort(Comparator.comparingInt(SpecError::line).thenComparingInt(SpecError::column));
        if (more > 0) {
            SpecError last = all.getLast();
            all.add(new SpecError(last.line(), last.column(), "and " + more + " more errors"));
        }
        return List.copyOf(all);
    }

    /** A word of the text as messages show it: in quotes, cut when long, without control characters. */
    static String quote(String word) {
        return "'" + shown(word, LONGEST_WORD) + "'";
    }

    /** Somebody else's sentence as messages show it: cut when long, without control characters. */
    static String cut(String sentence) {
        return shown(sentence, LONGEST_SENTENCE);
    }

    private static String shown(String text, int longest) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(longest).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append(text.codePointCount(0, text.length()) > longest ? "…" : "")
                .toString();
    }
}
