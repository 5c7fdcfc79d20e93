package io.sallyport.gateway.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.gateway.dashboard.screen.Depth;
import io.sallyport.gateway.dashboard.screen.Look;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WishesTest {
    private static final Look TERMINAL = new Look(Depth.PALETTE, true, false);

    private static Look looks(String line) {
        return assertInstanceOf(Wishes.Understood.class, Wishes.of(line))
                .wishes()
                .on(TERMINAL);
    }

    @Test
    void whatIsWishedForGoesBeforeWhatTheTerminalSays() {
        assertEquals(TERMINAL, looks(""));
        assertEquals(TERMINAL, looks("dashboard"));
        assertEquals(new Look(Depth.MONO, true, true), looks(" dashboard text=true  colours=none "));
        assertEquals(Depth.TRUE, looks("dashboard colours=all").depth());
        assertFalse(Wishes.of("dashboard text=false") instanceof Wishes.Misunderstood);
    }

    @Test
    void onlyTheWordItselfIsMeant() {
        assertTrue(Wishes.isMeantBy("dashboard text=true"));
        assertFalse(Wishes.isMeantBy("dashboards"));
        assertFalse(Wishes.isMeantBy("show dashboard"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dashboard txt=true   | did you mean 'text'?
            dashboard text=yes   | text is true or false, not 'yes'
            dashboard colours=8  | one of none, 16, 256, all
            dashboard now        | unknown parameter 'now'
            """)
    void whatIsWrongIsNamed(String line, String detail) {
        String told = assertInstanceOf(Wishes.Misunderstood.class, Wishes.of(line))
                .problem()
                .detail();
        assertTrue(told.contains(detail), told);
    }
}
