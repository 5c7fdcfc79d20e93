package io.sallyport.builds.regex;

import java.util.Optional;
import java.util.function.IntPredicate;

/** A backslash and what belongs to it, standing for a character or for a class of them. */
final class Escape {
    private static final String PLAIN = "ntrfvae";
    private static final String MEANING = "\n\t\r\f\u000b\u0007\u001b";

    private final String text;
    private final int start;
    private int end;
    private int character = -1;
    private Optional<IntPredicate> set = Optional.empty();

    /** The one that begins at {@code start}. */
    Escape(String text, int start) {
        this.text = text;
        this.start = start;
        if (start + 1 >= text.length()) {
            throw new Fault(start, "nothing follows the last '\\'");
        }
        int c = text.codePointAt(start + 1);
        this.end = start + 1 + Character.charCount(c);
        read(c);
    }

    private void read(int c) {
        set = CharClass.ofEscape(c);
        if (set.isPresent()) {
            return;
        }
        if (c == 'p' || c == 'P') {
            property(c == 'P');
        } else if (c == 'x' || c == 'u') {
            character = hexadecimal(c == 'u');
        } else if (c == '0') {
            character = 0;
        } else if (c >= '1' && c <= '9') {
            throw new Fault(start, "references to groups are not supported");
        } else if (PLAIN.indexOf(c) >= 0) {
            character = MEANING.charAt(PLAIN.indexOf(c));
        } else if (CharClass.isWord(c) && c != '_') {
            throw new Fault(start, "'\\" + Character.toString(c) + "' means nothing");
        } else {
            character = c;
        }
    }

    private void property(boolean negated) {
        String name;
        if (text.startsWith("{", end)) {
            int close = text.indexOf('}', end);
            if (close < 0) {
                throw new Fault(start, "the name of a class does not end");
            }
            name = text.substring(end + 1, close);
            end = close + 1;
        } else {
            name = end < text.length() ? text.substring(end, end + 1) : "";
            end = Math.min(end + 1, text.length());
        }
        boolean turned = name.startsWith("^");
        IntPredicate found = CharClass.named(turned ? name.substring(1) : name)
                .orElseThrow(() -> new Fault(start, "no class of characters has this name"));
        set = Optional.of(negated != turned ? found.negate() : found);
    }

    private int hexadecimal(boolean four) {
        boolean braces = !four && text.startsWith("{", end);
        int first = braces ? end + 1 : end;
        int most = four ? 4 : braces ? 6 : 2;
        int last = first;
        while (last < text.length() && last - first < most && CharClass.isHex(text.charAt(last))) {
            last++;
        }
        boolean whole = braces ? last > first && text.startsWith("}", last) : last - first == most;
        int value = whole ? Integer.parseInt(text.substring(first, last), 16) : Integer.MAX_VALUE;
        if (value > Character.MAX_CODE_POINT) {
            throw new Fault(start, "no character in hexadecimal");
        }
        end = braces ? last + 1 : last;
        return value;
    }

    /** Behind it. */
    int end() {
        return end;
    }

    /** The character it stands for; -1 for a class. */
    int character() {
        return character;
    }

    /** What it matches. */
    IntPredicate member() {
        int one = character;
        return set.orElseGet(() -> c -> c == one);
    }
}
