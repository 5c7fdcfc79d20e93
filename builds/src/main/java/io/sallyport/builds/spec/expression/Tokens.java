package io.sallyport.builds.spec.expression;

import io.sallyport.builds.spec.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Parts a condition into its words. */
final class Tokens {
    /** The longer ones first, so that none is taken for the beginning of another. */
    private static final List<Kind> SIGNS = List.of(
            Kind.SAME, Kind.OTHER, Kind.MATCHES, Kind.MATCHES_NOT, Kind.AND, Kind.OR, Kind.NOT, Kind.OPEN, Kind.CLOSE);

    private static final String NULL = "null";

    private final String text;
    private int at;

    private Tokens(String text) {
        this.text = text;
    }

    /** All of them, and the end. */
    static List<Token> of(String text) {
        Tokens tokens = new Tokens(text);
        List<Token> all = new ArrayList<>();
        do {
            all.add(tokens.next());
        } while (all.getLast().kind() != Kind.END);
        return all;
    }

    private Token next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return new Token(Kind.END, "", at);
        }
        return switch (text.charAt(at)) {
            case '$' -> variable();
            case '"', '\'' -> quoted();
            case '/' -> pattern();
            default -> sign();
        };
    }

    private Token variable() {
        int start = at++;
        boolean braces = text.startsWith("{", at);
        int first = braces ? at + 1 : at;
        int end = first;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        if (end == first || (braces && !text.startsWith("}", end))) {
            throw new Mistake(start, "the name of a variable is expected after '$'");
        }
        at = braces ? end + 1 : end;
        return new Token(Kind.VARIABLE, text.substring(first, end), start);
    }

    private Token quoted() {
        int start = at;
        int end = text.indexOf(text.charAt(start), start + 1);
        if (end < 0) {
            throw new Mistake(start, "a text without its closing " + text.charAt(start));
        }
        at = end + 1;
        return new Token(Kind.TEXT, text.substring(start + 1, end), start);
    }

    private Token pattern() {
        int start = at++;
        while (at < text.length() && text.charAt(at) != '/') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            throw new Mistake(start, "a pattern without its closing /");
        }
        at++;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        return new Token(Kind.PATTERN, text.substring(start, at), start);
    }

    private Token sign() {
        int start = at;
        for (Kind sign : SIGNS) {
            if (text.startsWith(sign.written(), at)) {
                at += sign.written().length();
                return new Token(sign, sign.written(), start);
            }
        }
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        if (word.equals(NULL)) {
            return new Token(Kind.NOTHING, word, start);
        }
        throw new Mistake(start, unknown(word.isEmpty() ? text.substring(start, start + 1) : word));
    }

    private static String unknown(String word) {
        return switch (word) {
            case "=" -> "'=' is no sign here; equal is '=='";
            case "&", "|" -> "'" + word + "' is no sign here; write it twice";
            default ->
                isWord(word.charAt(0))
                        ? "'" + shortened(word) + "' is no value: a variable has '$' before it, a text is in quotes"
                        : "'" + word + "' is no sign here";
        };
    }

    private static String shortened(String word) {
        return word.length() > 40 ? word.substring(0, 40) + "…" : word;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
