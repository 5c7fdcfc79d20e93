package io.sallyport.builds.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What runs are called where they have files, containers and threads. */
class JobOrderTest {
    @Test
    void plainNamesStayAsTheyAre() {
        assertEquals("42-unit-1", JobOrder.runName(42, "unit", 1));
    }

    @ParameterizedTest
    @CsvSource({"a b,a-b", "a/b,a:b", "'test: [x, y]','test: [x: y]'", "ä,ö"})
    void jobsOfABuildAreToldApart(String one, String other) {
        assertNotEquals(JobOrder.runName(1, one, 1), JobOrder.runName(1, other, 1));
    }

    @Test
    void aLongNameFitsAFileSystem() {
        String name = JobOrder.runName(Long.MAX_VALUE, "é".repeat(255), 3);
        assertTrue(name.length() < 128, name);
        assertTrue(name.matches("[A-Za-z0-9-]+"), name);
    }
}
