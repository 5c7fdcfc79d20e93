package io.sallyport.handlers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of a colour (SGR: ECMA-48, section 8.3.117; ITU-T T.416 for colours by number), without 8, which conceals:
 * what a log holds is to be seen.
 */
final class Rendition {
    private static final String CONCEALED = "8";
    private static final List<String> EXTENDED = List.of("38", "48", "58");
    private static final int OF_PALETTE = 3;
    private static final int OF_THREE = 5;

    private Rendition() {}

    /** What of them is shown; empty when that is nothing, where there was something. */
    static Optional<String> shown(String parameters) {
        if (parameters.indexOf('8') < 0) {
            return Optional.of(parameters); // nearly all
        }
        String[] given = parameters.split(";", -1);
        List<String> shown = new ArrayList<>();
        int at = 0;
        while (at < given.length) {
            int together = together(given, at);
            boolean hides = together == 1 && plain(given[at]).equals(CONCEALED);
            if (!hides) {
                shown.addAll(List.of(given).subList(at, Math.min(given.length, at + together)));
            }
            at += together;
        }
        return shown.isEmpty() ? Optional.empty() : Optional.of(String.join(";", shown));
    }

    /** How many parameters are one: an 8 that belongs to a colour's number is none of its own. */
    private static int together(String[] given, int at) {
        if (!EXTENDED.contains(plain(given[at])) || at + 1 == given.length) {
            return 1;
        }
        return switch (plain(given[at + 1])) {
            case "5" -> OF_PALETTE;
            case "2" -> OF_THREE;
            default -> 1;
        };
    }

    /** Without zeros before it, and without what colons add. */
    private static String plain(String parameter) {
        String code = parameter.split(":", 2)[0];
        return code.replaceFirst("^0+(?=.)", "");
    }
}
