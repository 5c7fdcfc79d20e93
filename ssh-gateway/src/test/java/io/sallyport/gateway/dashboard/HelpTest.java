package io.sallyport.gateway.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.gateway.dashboard.view.View;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelpTest {
    @Test
    void aKeyIsExplainedOnce() {
        assertEquals(
                "[Enter, ↑ ↓ k j, PgUp PgDn, Home End, Ctrl-L, q Esc, Ctrl-C]",
                keys(List.of(new View.Hint("Enter", "open"))));
        assertEquals(
                "[End, Home, ↑ ↓ k j, PgUp PgDn, Ctrl-L, q Esc, Ctrl-C]",
                keys(List.of(new View.Hint("End", "follow"), new View.Hint("Home", "beginning"))));
    }

    private static String keys(List<View.Hint> hints) {
        return Help.of(hints).stream().map(View.Hint::key).toList().toString();
    }
}
