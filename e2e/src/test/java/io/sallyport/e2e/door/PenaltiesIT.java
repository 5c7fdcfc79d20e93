package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A source that fails to log in again and again is refused for a while, and nobody else is. */
class PenaltiesIT {
    private static final int NO_CONNECTION = 255;
    private static final int FAILURES = 20;

    /** As by default, only that all of it takes seconds. */
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess(
            "limits.penaltyFailedLogin: 3s",
            "limits.penaltyLeast: 6s",
            "limits.penaltyMost: 8s",
            "limits.penaltyExempt: 127.0.0.9");

    @Test
    void twentyFailuresAreRefusedForAWhile() throws Exception {
        Ssh guesser = gateway.client(gateway.key("guessed")).with("-b", "127.0.0.2");
        List<Boolean> heard = new ArrayList<>();
        for (int i = 0; i < FAILURES; i++) {
            Outcome failed = guesser.run("whoami").exits(NO_CONNECTION);
            heard.add(failed.errors().contains("Permission denied"));
        }
        assertTrue(heard.getFirst(), "one failure is nothing yet");
        assertFalse(heard.getLast(), "the last are refused before any key exchange");

        Ssh right = gateway.admin().with("-b", "127.0.0.2");
        right.run("whoami").exits(NO_CONNECTION);
        gateway.admin().with("-b", "127.0.0.3").run("whoami").ok();
        assertTrue(gateway.log().contains("penalty begins source=127.0.0.2 "), "the log says who is refused, and why");
        assertTrue(gateway.log().contains("reason=failed login"));

        Await.until("the end of the penalty", () -> right.run("whoami").exit() == 0);
    }

    @Test
    void manyLoginsThatSucceedAreNoReason() throws Exception {
        for (int i = 0; i < FAILURES; i++) {
            gateway.admin().with("-b", "127.0.0.4").run("whoami").ok();
        }
    }

    @Test
    void aClientWithSeveralKeysIsLetInWithTheRightOne() throws Exception {
        Ssh several = gateway.admin()
                .with("-b", "127.0.0.5", "-i", gateway.key("first").toString())
                .with("-i", gateway.key("second").toString());
        for (int i = 0; i < FAILURES / 2; i++) {
            assertEquals(0, several.run("whoami").exit());
        }
    }

    @Test
    void whoIsExemptIsNeverRefused() throws Exception {
        Ssh guesser = gateway.client(gateway.key("exempt")).with("-b", "127.0.0.9");
        for (int i = 0; i < FAILURES / 2; i++) {
            Outcome failed = guesser.run("whoami").exits(NO_CONNECTION);
            assertTrue(failed.errors().contains("Permission denied"), failed::errors);
        }
    }
}
