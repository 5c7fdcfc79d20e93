package io.sallyport.client.mina;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Patterns of hosts ({@code ssh_config(5)}, PATTERNS): {@code *} and {@code ?}; one with {@code !} that fits rules out all others. */
final class WildcardList {
    private WildcardList() {}

    /** Whether one of the patterns fits the name and none forbids it. */
    static boolean fits(String name, List<String> patterns) {
        boolean fits = false;
        for (String pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            if (matches(name, negated ? pattern.substring(1) : pattern)) {
                if (negated) {
                    return false;
                }
                fits = true;
            }
        }
        return fits;
    }

    private static boolean matches(String name, String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.matches(regex.toString().replaceAll("(\\.\\*)+", ".*"), name.toLowerCase(Locale.ROOT));
    }
}
