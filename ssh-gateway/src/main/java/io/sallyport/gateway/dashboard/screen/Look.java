package io.sallyport.gateway.dashboard.screen;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a terminal can show.
 *
 * @param depth its colours
 * @param unicode whether it takes UTF-8; else everything is in ASCII
 * @param plain whether it cannot place its cursor, or is not to: lines of text alone
 */
public record Look(Depth depth, boolean unicode, boolean plain) {
    /** Terminals that have all colours, whatever their names say of it. */
    private static final List<String> TRUE =
            List.of("direct", "truecolor", "kitty", "alacritty", "ghostty", "wezterm", "foot");

    private static final List<String> MONO = List.of("vt52", "vt100", "vt102", "vt220", "vt320", "-mono", "-m");

    /**
     * What the client says of its terminal: {@code TERM}, {@code COLORTERM}, {@code NO_COLOR} (no-color.org), and the character set of the locale.
     *
     * @param variables those that are known; an absent one says nothing
     */
    public static Look of(Map<String, String> variables) {
        String term = variables.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
        boolean plain = term.isEmpty() || term.equals("dumb") || term.equals("unknown");
        return new Look(depth(term, variables), unicode(variables), plain);
    }

    private static Depth depth(String term, Map<String, String> variables) {
        String more = variables.getOrDefault("COLORTERM", "").toLowerCase(Locale.ROOT);
        if (!variables.getOrDefault("NO_COLOR", "").isEmpty() || MONO.stream().anyMatch(term::endsWith)) {
            return Depth.MONO;
        }
        if (more.equals("truecolor") || more.equals("24bit") || TRUE.stream().anyMatch(term::contains)) {
            return Depth.TRUE;
        }
        return term.contains("256color") ? Depth.PALETTE : Depth.SIXTEEN;
    }

    /** The first of the three that is set counts, as POSIX has it. */
    private static boolean unicode(Map<String, String> variables) {
        for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            String value = variables.getOrDefault(name, "").toLowerCase(Locale.ROOT);
            if (!value.isEmpty()) {
                return value.contains("utf-8") || value.contains("utf8");
            }
        }
        return true;
    }

    /** The same with other colours. */
    public Look in(Depth other) {
        return new Look(other, unicode, plain);
    }

    /** The same in lines of text. */
    public Look inText() {
        return new Look(depth, unicode, true);
    }
}
