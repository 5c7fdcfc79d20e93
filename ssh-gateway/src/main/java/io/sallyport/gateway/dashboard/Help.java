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

    private static final List<View.Hint> EVERYWHERE = List.of(
            new View.Hint("↑ ↓ k j", "the line before, the next one"),
            new View.Hint("PgUp PgDn", "a page"),
            new View.Hint("Home End", "the first, the last"),
            new View.Hint("Ctrl-L", "paint anew"),
            new View.Hint("q Esc", "back; q quits the first view"),
            new View.Hint("Ctrl-C", "quit"));

    private Help() {}

    static List<View.Hint> of(List<View.Hint> hints) {
        List<View.Hint> all = new ArrayList<>(hints);
        all.addAll(EVERYWHERE);
        return all;
    }
}
