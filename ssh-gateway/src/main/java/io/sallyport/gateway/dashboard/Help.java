package io.sallyport.gateway.dashboard;

import io.sallyport.gateway.dashboard.view.View;
import java.util.ArrayList;
import java.util.List;

/** The keys, one a line. */
final class Help {
    /** Columns of the box. */
    static final int WIDTH = 52;

    /** Column where it is said what a key does. */
    static final int KEYS = 16;

    /** Left out where a view has its own words for these keys. */
    private static final View.Hint ENDS = new View.Hint("Home End", "the first, the last");

    private static final List<View.Hint> EVERYWHERE = List.of(
            new View.Hint("↑ ↓ k j", "the line before, the next one"),
            new View.Hint("PgUp PgDn", "a page"),
            ENDS,
            new View.Hint("Ctrl-L", "paint anew"),
            new View.Hint("q Esc", "back; q quits the first view"),
            new View.Hint("Ctrl-C", "quit"));

    private Help() {}

    static List<View.Hint> of(List<View.Hint> hints) {
        List<View.Hint> all = new ArrayList<>(hints);
        boolean ends = hints.stream()
                .anyMatch(hint -> hint.key().equals("Home") || hint.key().equals("End"));
        EVERYWHERE.stream().filter(hint -> !ends || !hint.equals(ENDS)).forEach(all::add);
        return all;
    }
}
