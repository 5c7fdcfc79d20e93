package io.sallyport.builds.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotenvReportTest {
    private final DotenvReport report = new DotenvReport();

    @Test
    void linesAreVariablesAndLaterOnesWin() throws IOException {
        add("A=1\n\n# no\n  B = two words \r\nC=\"quoted\"=x\nEMPTY=\nA=2");
        add("B=3");
        assertEquals(Map.of("A", "2", "B", "3", "C", "\"quoted\"=x", "EMPTY", ""), report.variables());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no equals sign | line 1 is no NAME=value
            1A=2           | line 1 is no NAME=value
            =2             | line 1 is no NAME=value
            SALLYPORT_X=2  | line 1: SALLYPORT_X cannot be given
            """)
    void whatIsNoVariableIsSaid(String line, String reason) {
        MalformedReportException e = assertThrows(MalformedReportException.class, () -> add(line));
        assertEquals(reason, e.reason());
    }

    @Test
    void aFileIsBoundedAndSoAreItsVariables() {
        assertThrows(MalformedReportException.class, () -> add("A=" + "x".repeat(DotenvReport.LARGEST)));
        String many = IntStream.rangeClosed(0, DotenvReport.MOST)
                .mapToObj(i -> "V" + i + "=1")
                .collect(Collectors.joining("\n"));
        assertThrows(MalformedReportException.class, () -> add(many));
        assertThrows(
                MalformedReportException.class,
                () -> report.add(new ByteArrayInputStream(new byte[] {'A', '=', (byte) 0xff})));
    }

    @Test
    void whatSeveralFilesGiveIsBoundedAllTogether() throws IOException {
        String half = "x".repeat(DotenvReport.LARGEST / 2);
        add("A=" + half);
        add("A=" + half);
        add("B=y");
        MalformedReportException e = assertThrows(MalformedReportException.class, () -> add("C=" + half));
        assertEquals("the variables have more than 65536 characters", e.reason());
    }

    private void add(String text) throws IOException {
        report.add(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }
}
