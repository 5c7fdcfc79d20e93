package io.sallyport.builds.spec.rule;

import io.sallyport.builds.regex.Regex;
import java.util.Optional;

/**
 * A pattern of paths: {@code *} and {@code ?} within a name, {@code **} across folders, {@code [a-z]} and {@code {a,b}}.
 */
final class Glob {
    private static final String MAGIC = "*?[{\\";
    private static final String ESCAPED = ".+()|^$\\";

    private final String glob;
    private final StringBuilder pattern = new StringBuilder("\\A");
    private int at;
    private int braces;

    private Glob(String glob) {
        this.glob = glob;
    }

    /** The part before the first character that stands for others. */
    static String literal(String glob) {
        int end = 0;
        while (end < glob.length() && MAGIC.indexOf(glob.charAt(end)) < 0) {
            end++;
        }
        return glob.substring(0, end);
    }

    /** The expression that matches the same paths; empty when the pattern is none. */
    static Optional<Regex> regex(String glob) {
        return Regex.read(new Glob(glob).translate(), "s") instanceof Regex.Reading.Valid valid
                ? Optional.of(valid.regex())
                : Optional.empty();
    }

    private String translate() {
        while (at < glob.length()) {
            char c = glob.charAt(at++);
            switch (c) {
                case '*' -> star();
                case '?' -> pattern.append("[^/]");
                case '[' -> pattern.append(glob.startsWith("!", at) ? openNegated() : "[");
                case '{' -> {
                    braces++;
                    pattern.append("(?:");
                }
                case '}' -> {
                    pattern.append(braces > 0 ? ")" : "\\}");
                    braces = Math.max(0, braces - 1);
                }
                case ',' -> pattern.append(braces > 0 ? "|" : ",");
                case '\\' -> {
                    if (at < glob.length()) {
                        literal(glob.charAt(at++));
                    }
                }
                default -> literal(c);
            }
        }
        return pattern.append("\\z").toString();
    }

    private String openNegated() {
        at++;
        return "[^";
    }

    private void star() {
        if (!glob.startsWith("*", at)) {
            pattern.append("[^/]*");
        } else if (glob.startsWith("*/", at)) {
            at += 2;
            pattern.append("(?:.*/)?");
        } else {
            at++;
            pattern.append(".*");
        }
    }

    private void literal(char c) {
        pattern.append(ESCAPED.indexOf(c) >= 0 ? "\\" : "").append(c);
    }
}
