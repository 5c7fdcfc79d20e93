package io.sallyport.gateway.dashboard.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.gateway.dashboard.screen.Style;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColouredTest {
    private static List<String> texts(String record) {
        return Coloured.lines(record).stream().map(Coloured::text).toList();
    }

    @Test
    void coloursAreTakenOutOfTheText() {
        Coloured line = Coloured.lines(
                        "a \u001b[1;31mred\u001b[0m \u001b[38;5;200mpink\u001b[39m\u001b[48;2;1;2;3mx\u001b[m\n")
                .getFirst();
        assertEquals("a red pinkx", line.text());
        assertEquals(
                List.of(
                        new LogLine.Run(2, 5, new Style(1, Style.USUAL, Style.BOLD)),
                        new LogLine.Run(6, 10, new Style(200, Style.USUAL, 0)),
                        new LogLine.Run(10, 11, new Style(Style.USUAL, Style.rgb(1, 2, 3), 0))),
                line.runs());
    }

    @Test
    void carriageReturnsMakeLinesAndTabsMakeBlanks() {
        assertEquals(List.of("10%", "20%", "done"), texts("10%\r20%\rdone\n"));
        assertEquals(List.of("a       b"), texts("a\tb\n"));
        assertEquals(List.of(""), texts("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J",
                "\u001b]0;title\u0007",
                "\u001bP$q\u001b\\",
                "\u001b[?1049l",
                "\u001b[6n",
                "\u001bc",
                "\u001b[38;5m",
                "\u001b[38;2;999999999999;1;1m",
                "\u001b[8m",
                "\u001b[m"
            })
    void whatATerminalWouldObeyIsGone(String hostile) {
        assertEquals(List.of("ab"), texts("a" + hostile + "b\n"));
    }
}
