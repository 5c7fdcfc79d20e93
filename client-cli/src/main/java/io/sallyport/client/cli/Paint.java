package io.sallyport.client.cli;

import java.util.Map;

/**
 * Colours, where they are wanted: on a terminal that is none of the dumbest, unless NO_COLOR is set.
 *
 * @param on whether they are
 */
record Paint(boolean on) {
    private static final String RESET = "\u001b[0m";
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String BLUE = "\u001b[34m";
    private static final String FAINT = "\u001b[2m";

    private static final Map<String, String> OF_STATES = Map.of(
            "succeeded", GREEN,
            "failed", RED,
            "errored", RED,
            "timedout", RED,
            "canceled", YELLOW,
            "manual", YELLOW,
            "running", BLUE,
            "queued", FAINT,
            "skipped", FAINT);

    /** What the surroundings allow. */
    static Paint of(Surroundings surroundings) {
        Map<String, String> environment = surroundings.environment();
        boolean forbidden = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return new Paint(surroundings.terminals().out() && !forbidden);
    }

    /** A text in the colour of a state, which need not be the text. */
    String state(String state, String text) {
        return paint(OF_STATES.getOrDefault(state, ""), text);
    }

    /** What matters less. */
    String faint(String text) {
        return paint(FAINT, text);
    }

    private String paint(String colour, String text) {
        return on && !colour.isEmpty() ? colour + text + RESET : text;
    }
}
