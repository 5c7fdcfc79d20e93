package io.sallyport.builds.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.sallyport.builds.TestCounts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JunitReportTest {
    private final JunitReport report = new JunitReport();

    @Test
    void resultsOfAllTestsAreAddedUp() throws IOException {
        add("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites>
                  <testsuite name="a" tests="99" time="999">
                    <properties><property name="failure" value="x"/></properties>
                    <testcase name="good" time="0.25"/>
                    <testcase name="bad" time="1.5"><failure message="no">at x</failure><failure/></testcase>
                    <testcase name="broken" time="1,000.5"><system-out>&lt;failure/&gt;</system-out><error/></testcase>
                    <testsuite><testcase name="left out"><skipped/></testcase></testsuite>
                  </testsuite>
                </testsuites>
                """);
        add("<testsuite><testcase/><testcase time='x'><failure/></testcase></testsuite>");
        assertEquals(new TestCounts(6, 2, 1, 1, 1002.25), report.counts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<testsuite><testcase>",
                "<testsuite><testcase></testsuite>",
                "<html><body/></html>",
                "<testsuite>&unknown;</testsuite>"
            })
    void whatIsNoReportIsSaid(String text) {
        assertThrows(MalformedReportException.class, () -> add(text));
    }

    @Test
    void nothingOutsideOfTheFileIsLookedAt(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "<testcase/>");
        for (String attack : new String[] {
            "<!DOCTYPE t [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]><testsuite>&x;</testsuite>",
            "<!DOCTYPE t SYSTEM '" + secret.toUri() + "'><testsuite>&x;</testsuite>",
            "<!DOCTYPE t [<!ENTITY % x SYSTEM '" + secret.toUri() + "'> %x;]><testsuite>&y;</testsuite>"
        }) {
            assertThrows(MalformedReportException.class, () -> add(attack), attack);
        }
        assertEquals(0, report.counts().total());
    }

    @Test
    void entitiesThatGrowDoNot() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE t [<!ENTITY a0 'ha'>");
        for (int i = 1; i < 40; i++) {
            bomb.append("<!ENTITY a")
                    .append(i)
                    .append(" '&a")
                    .append(i - 1)
                    .append(";&a")
                    .append(i - 1)
                    .append(";'>");
        }
        bomb.append("]><testsuite>&a39;</testsuite>");
        assertTimeout(
                Duration.ofSeconds(5), () -> assertThrows(MalformedReportException.class, () -> add(bomb.toString())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<testsuite><testcase name='%s'/></testsuite>",
                "<testsuite><testcase><system-out><![CDATA[%s]]></system-out></testcase></testsuite>",
                "<testsuite><!-- %s --></testsuite>",
                "<testsuite><?x %s?></testsuite>"
            })
    void noValueIsHeldThatIsVeryLong(String form) {
        String text = form.formatted("x".repeat(2 * JunitReport.LONGEST_VALUE));
        MalformedReportException e = assertThrows(MalformedReportException.class, () -> add(text));
        assertEquals("it has a value of more than 4194304 bytes", e.reason());
    }

    @Test
    void longOutputInShorterPiecesIsFine() throws IOException {
        add("<testsuite>" + ("<testcase><system-out>" + "x".repeat(1 << 20) + "</system-out></testcase>").repeat(9)
                + "</testsuite>");
        assertEquals(9, report.counts().total());
    }

    @Test
    void timesThatGrowBeyondAllMeasureRemainANumber() throws IOException {
        add("<testsuite><testcase time='1e308'/><testcase time='1e308'/></testsuite>");
        assertEquals(1e9, report.counts().seconds());
    }

    @Test
    void depthIsBounded() {
        String deep = "<testsuite>".repeat(101) + "</testsuite>".repeat(101);
        assertThrows(MalformedReportException.class, () -> add(deep));
        String test = "<testsuite><testcase>" + "<a>".repeat(100) + "</a>".repeat(100) + "</testcase></testsuite>";
        assertThrows(MalformedReportException.class, () -> add(test));
    }

    @Test
    void aFileThatCannotBeReadIsNotTakenForAMalformedOne() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        IOException e = assertThrows(IOException.class, () -> report.add(broken));
        assertEquals("the disk is gone", e.getMessage());
    }

    private void add(String text) throws IOException {
        report.add(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }
}
