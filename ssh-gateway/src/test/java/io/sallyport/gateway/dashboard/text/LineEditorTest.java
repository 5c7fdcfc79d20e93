package io.sallyport.gateway.dashboard.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.gateway.dashboard.screen.Key;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineEditorTest {
    private final LineEditor editor = new LineEditor();

    private String type(String text) {
        StringBuilder echo = new StringBuilder();
        text.codePoints()
                .forEach(c ->
                        echo.append(editor.take(new Key(Key.Name.CHARACTER, c)).echo()));
        return echo.toString();
    }

    private LineEditor.Typed press(Key.Name name) {
        return editor.take(Key.of(name));
    }

    @Test
    void whatIsTypedIsEchoedAndTheLineEndsWithEnter() {
        assertEquals("show 4", type("show 4"));
        assertEquals(new LineEditor.Typed("\r\n", Optional.of("show 4")), press(Key.Name.ENTER));
        assertTrue(editor.isEmpty());
    }

    @Test
    void whatIsTakenBackIsErasedCellByCell() {
        type("a漢");
        assertEquals("\b \b\b \b", press(Key.Name.BACKSPACE).echo());
        assertEquals("\b \b", press(Key.Name.BACKSPACE).echo());
        assertEquals("", press(Key.Name.BACKSPACE).echo());
        type("abc");
        assertEquals("\b \b".repeat(3), press(Key.Name.KILL).echo());
        assertEquals(Optional.of(""), press(Key.Name.ENTER).line());
    }

    @Test
    void aLineHasAnEnd() {
        assertEquals(2000, type("x".repeat(3000)).length());
        assertEquals(2000, press(Key.Name.ENTER).line().orElseThrow().length());
    }
}
