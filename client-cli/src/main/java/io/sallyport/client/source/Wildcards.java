package io.sallyport.client.source;

import java.util.Locale;

/**
 * A match of a text with a pattern by git's rules: {@code *} and {@code ?} stand for no slash, {@code **} between slashes for any
 * folders, brackets for one character; a backslash takes the next character as it is.
 *
 * @param glob the pattern
 * @param text to be matched whole
 * @param path whether slashes part the text
 */
record Wildcards(String glob, String text, boolean path) {
    boolean match() {
        return match(0, 0);
    }

    private boolean match(int g, int t) {
        int at = t;
        for (int i = g; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> {
                    return star(i, at);
                }
                case '?' -> {
                    if (at >= text.length() || isSlash(at)) {
                        return false;
                    }
                    at++;
                }
                case '[' -> {
                    Bracket bracket = Bracket.at(glob, i);
                    if (bracket == null || at >= text.length() || isSlash(at) || !bracket.takes(text.charAt(at))) {
                        return false;
                    }
                    i = bracket.end();
                    at++;
                }
                case '\\' -> {
                    i++;
                    if (i >= glob.length() || at >= text.length() || glob.charAt(i) != text.charAt(at)) {
                        return false;
                    }
                    at++;
                }
                default -> {
                    if (at >= text.length() || c != text.charAt(at)) {
                        return false;
                    }
                    at++;
                }
            }
        }
        return at == text.length();
    }

    /** At one star or several. */
    private boolean star(int g, int t) {
        int after = g;
        while (after < glob.length() && glob.charAt(after) == '*') {
            after++;
        }
        boolean before = g == 0 || glob.charAt(g - 1) == '/';
        boolean behind = after == glob.length() || glob.charAt(after) == '/';
        if (path && after - g > 1 && before && behind) {
            return folders(after, t);
        }
        for (int at = t; at <= text.length(); at++) {
            if (match(after, at)) {
                return true;
            }
            if (at < text.length() && isSlash(at)) {
                return false;
            }
        }
        return false;
    }

    /** Behind {@code **}: any number of whole folders; at the end anything, but not nothing. */
    private boolean folders(int after, int t) {
        if (after == glob.length()) {
            return t < text.length() || t == 0;
        }
        for (int at = t; at >= 0 && at <= text.length(); at = next(at)) {
            if (match(after + 1, at)) {
                return true;
            }
        }
        return false;
    }

    private int next(int at) {
        int slash = text.indexOf('/', at);
        return slash < 0 ? -1 : slash + 1;
    }

    private boolean isSlash(int at) {
        return path && text.charAt(at) == '/';
    }

    /** What stands in brackets, from the one that opens to the one that closes at {@code end}. */
    private record Bracket(String inside, boolean negated, int end) {
        static @org.jspecify.annotations.Nullable Bracket at(String glob, int open) {
            int i = open + 1;
            boolean negated = i < glob.length() && (glob.charAt(i) == '!' || glob.charAt(i) == '^');
            int from = negated ? i + 1 : i;
            int at = from;
            while (at < glob.length() && (glob.charAt(at) != ']' || at == from)) {
                if (glob.startsWith("[:", at) && glob.indexOf(":]", at + 2) > 0) {
                    at = glob.indexOf(":]", at + 2) + 2;
                } else {
                    at += glob.charAt(at) == '\\' ? 2 : 1;
                }
            }
            return at < glob.length() ? new Bracket(glob.substring(from, at), negated, at) : null;
        }

        boolean takes(char c) {
            boolean found = false;
            int i = 0;
            while (i < inside.length() && !found) {
                if (inside.startsWith("[:", i) && inside.indexOf(":]", i + 2) > 0) {
                    int end = inside.indexOf(":]", i + 2);
                    found = isOf(inside.substring(i + 2, end), c);
                    i = end + 2;
                    continue;
                }
                i += inside.charAt(i) == '\\' && i + 1 < inside.length() ? 1 : 0;
                char low = inside.charAt(i++);
                char high = low;
                if (i + 1 < inside.length() && inside.charAt(i) == '-') {
                    i += inside.charAt(i + 1) == '\\' && i + 2 < inside.length() ? 2 : 1;
                    high = inside.charAt(i++);
                }
                found = c >= low && c <= high;
            }
            return found != negated;
        }

        private static boolean isOf(String name, char c) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "alnum" -> c < 0x80 && Character.isLetterOrDigit(c);
                case "alpha" -> c < 0x80 && Character.isLetter(c);
                case "digit" -> c >= '0' && c <= '9';
                case "lower" -> c >= 'a' && c <= 'z';
                case "upper" -> c >= 'A' && c <= 'Z';
                case "space" -> c == ' ' || (c >= '\t' && c <= '\r');
                case "blank" -> c == ' ' || c == '\t';
                case "punct" -> c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
                case "print" -> c >= ' ' && c < 0x7f;
                case "graph" -> c > ' ' && c < 0x7f;
                case "cntrl" -> c < ' ' || c == 0x7f;
                case "xdigit" -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
                default -> false;
            };
        }
    }
}
