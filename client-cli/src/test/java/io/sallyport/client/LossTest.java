package io.sallyport.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossTest {
    @ParameterizedTest
    @CsvSource({
        "git@build.example: Permission denied (publickey)., KEY_REFUSED",
        "Host key verification failed., HOST_KEY_REFUSED",
        "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @ Host key verification failed., HOST_KEY_CHANGED",
        "kex_exchange_identification: Connection closed by remote host, NO_SSH_SERVER",
        "kex_exchange_identification: banner line contains invalid characters, NO_SSH_SERVER",
        "kex_exchange_identification: read: Connection reset by peer, CUT",
        "ssh: Could not resolve hostname nowhere: Name or service not known, HOST_UNKNOWN",
        "ssh: connect to host 127.0.0.1 port 1: Connection refused, UNREACHED",
        "command-line: line 0: Bad configuration option: nonsense, MISCONFIGURED",
        "Connection to 127.0.0.1 closed by remote host., CUT",
        "client_loop: send disconnect: Broken pipe, CUT",
        "'', CUT",
    })
    void isReadFromWhatSshSays(String said, Loss expected) {
        assertEquals(expected, Loss.of(said));
    }

    @Test
    void refusedKeyIsNotTriedAgain() {
        assertFalse(Loss.KEY_REFUSED.worthAnotherTry(true));
    }

    @Test
    void hostThatIsDownIsTriedAgainOnlyIfItWasUpBefore() {
        assertFalse(Loss.UNREACHED.worthAnotherTry(false));
        assertTrue(Loss.UNREACHED.worthAnotherTry(true));
    }
}
