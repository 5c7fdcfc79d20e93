package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedAuditTest {
    @Test
    void aRecordIsOneReadableLine() {
        assertEquals(
                "decision=allow verb=submit-build identity=\"anna\" fingerprint=\"SHA256:x\" surface=\"exec\""
                        + " source=\"127.0.0.1:5000\" user=\"git\" request=\"POST /projects/web/builds\""
                        + " rule=\"builder on *\"",
                LoggedAudit.line(record("git", "POST /projects/web/builds", new Decision.Allow("builder on *"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n", "\r", "\u0085", "\u2028", "\u2029", "\u001b", "\u009b", "\u0000", "\u202e", "\u200b", "\u00a0",
                "\ud800", "\ue000"
            })
    void whatBreaksHidesOrTurnsALineIsEscaped(String hostile) {
        String line =
                LoggedAudit.line(record("x" + hostile + "decision=allow", "GET /", new Decision.Deny("no grant")));
        assertTrue(line.contains("user=\"x\\u%04xdecision=allow\"".formatted((int) hostile.charAt(0))), line);
    }

    @Test
    void aValueCannotEndEarly() {
        String line = LoggedAudit.line(record("a\" decision=allow x=\"\\", "GET /", new Decision.Deny("no grant")));
        assertTrue(line.contains("user=\"a\\\" decision=allow x=\\\"\\\\\" request="), line);
    }

    @Test
    void lettersOfAnyScriptStayAndLongValuesAreCut() {
        assertTrue(LoggedAudit.line(record("jürgen", "GET /", new Decision.Deny("x")))
                .contains("user=\"jürgen\""));
        String line = LoggedAudit.line(record("u", "x".repeat(5000), new Decision.Deny("x")));
        assertTrue(line.contains("x…\""), line);
        assertTrue(line.length() < LoggedAudit.LONGEST + 300);
    }

    private static AuditRecord record(String user, String request, Decision decision) {
        return new AuditRecord(
                "exec", "127.0.0.1:5000", user, "anna", "SHA256:x", Verb.SUBMIT_BUILD, request, decision);
    }
}
