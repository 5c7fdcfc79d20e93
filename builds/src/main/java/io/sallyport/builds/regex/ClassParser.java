package io.sallyport.builds.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/** Reads what stands in brackets. Brackets and ampersands in them stand for themselves. */
final class ClassParser {
    /** Elsewhere it is the edge of a word. */
    private static final String BACKSPACE = "\\b";

    private final String text;
    private final int start;
    private final boolean fold;
    private int at;

    /** The class that begins with the bracket at {@code start}. */
    ClassParser(String text, int start, boolean fold) {
        this.text = text;
        this.start = start;
        this.fold = fold;
        this.at = start + 1;
    }

    /** The class; {@code end} is told the place behind it. */
    CharClass parse(IntConsumer end) {
        boolean negated = text.startsWith("^", at);
        at += negated ? 1 : 0;
        List<IntPredicate> members = new ArrayList<>();
        boolean first = true;
        while (first || current() != ']') {
            members.add(member());
            first = false;
        }
        end.accept(at + 1);
        return new CharClass(List.copyOf(members), negated, fold);
    }

    private int current() {
        if (at >= text.length()) {
            throw new Fault(start, "a '[' without its ']'");
        }
        return text.codePointAt(at);
    }

    private IntPredicate member() {
        Optional<IntPredicate> named = named();
        if (named.isPresent()) {
            return named.get();
        }
        int from = at;
        int least = current();
        if (text.startsWith(BACKSPACE, at)) {
            at += BACKSPACE.length();
            least = '\b';
        } else if (least == '\\') {
            Escape escape = new Escape(text, at);
            at = escape.end();
            if (escape.character() < 0) {
                return escape.member();
            }
            least = escape.character();
        } else {
            at += Character.charCount(least);
        }
        if (current() != '-' || text.startsWith("-]", at)) {
            int one = least;
            return c -> c == one;
        }
        at++;
        return range(from, least);
    }

    private IntPredicate range(int from, int least) {
        int most = current();
        if (most == '\\') {
            Escape escape = new Escape(text, at);
            at = escape.end();
            most = escape.character();
        } else {
            at += Character.charCount(most);
        }
        if (most < least) {
            throw new Fault(from, "a range of characters goes from the smaller to the larger");
        }
        int last = most;
        return c -> c >= least && c <= last;
    }

    private Optional<IntPredicate> named() {
        if (!text.startsWith("[:", at)) {
            return Optional.empty();
        }
        int close = text.indexOf(":]", at + 2);
        if (close < 0) {
            return Optional.empty();
        }
        boolean negated = text.startsWith("^", at + 2);
        Optional<IntPredicate> found = CharClass.named(text.substring(at + (negated ? 3 : 2), close));
        if (found.isPresent()) {
            at = close + 2;
        }
        return found.map(set -> negated ? set.negate() : set);
    }
}
