package io.sallyport.gateway.dashboard;

import io.sallyport.builds.Nearest;
import io.sallyport.gateway.dashboard.screen.Depth;
import io.sallyport.gateway.dashboard.screen.Look;
import io.sallyport.handlers.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is wanted of the dashboard: {@code dashboard text=true colours=none}.
 *
 * @param text lines instead of a screen; empty to go by the terminal
 * @param colours the same
 */
record Wishes(Optional<Boolean> text, Optional<Depth> colours) {
    private static final String WORD = "dashboard";
    private static final String TEXT = "text";
    private static final String COLOURS = "colours";
    private static final List<String> NAMES = List.of(TEXT, COLOURS);
    private static final Map<String, Depth> DEPTHS =
            Map.of("none", Depth.MONO, "16", Depth.SIXTEEN, "256", Depth.PALETTE, "all", Depth.TRUE);

    /** Wishes, or what is wrong with them. */
    sealed interface Read {}

    record Understood(Wishes wishes) implements Read {}

    record Misunderstood(Problem problem) implements Read {}

    /** Whether a command line is for the dashboard. */
    static boolean isMeantBy(String line) {
        String words = line.strip();
        return words.equals(WORD) || words.startsWith(WORD + " ");
    }

    /** Reads a command line; an empty one wishes for nothing. */
    static Read of(String line) {
        Wishes wishes = new Wishes(Optional.empty(), Optional.empty());
        for (String word : line.strip().split("\\s+")) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            String value = equals < 0 ? "" : word.substring(equals + 1);
            if (name.equals(TEXT) && (value.equals("true") || value.equals("false"))) {
                wishes = new Wishes(Optional.of(value.equals("true")), wishes.colours());
            } else if (name.equals(COLOURS) && DEPTHS.containsKey(value)) {
                wishes = new Wishes(wishes.text(), Optional.of(DEPTHS.get(value)));
            } else if (!word.isEmpty() && !word.equals(WORD)) {
                return new Misunderstood(Problem.badRequest(wrong(name, value)));
            }
        }
        return new Understood(wishes);
    }

    private static String wrong(String name, String value) {
        return switch (name) {
            case TEXT -> "text is true or false, not '" + value + "'";
            case COLOURS -> "colours is one of none, 16, 256, all, not '" + value + "'";
            default ->
                "unknown parameter '" + name + "' of the dashboard"
                        + Nearest.to(name, NAMES)
                                .map(near -> ", did you mean '" + near + "'?")
                                .orElse("; there are text and colours");
        };
    }

    /** What is shown where that is wished for, on a terminal that can show so much. */
    Look on(Look terminal) {
        Look look = colours.map(terminal::in).orElse(terminal);
        return new Look(look.depth(), look.unicode(), text.orElse(look.plain()));
    }
}
