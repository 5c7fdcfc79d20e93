package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine behind TLS, and certificates on either side that are not right. */
@Timeout(60)
class EngineTlsTest {
    @TempDir
    Path folder;

    private FakeEngine engine;

    @BeforeEach
    void start() throws Exception {
        engine = FakeEngine.at(folder.resolve("socket"), request -> FakeEngine.version("1.41", "1.12"));
    }

    @AfterEach
    void end() throws Exception {
        engine.close();
    }

    private static EngineAddress address(TlsRelay relay, Certificates own) {
        return new EngineAddress(URI.create("tcp://127.0.0.1:" + relay.port()), Optional.of(own.folder()));
    }

    /** What is said of an engine with some certificates to a gateway with others. */
    private String failure(Certificates engines, Certificates own) throws Exception {
        try (TlsRelay relay = TlsRelay.before(folder.resolve("socket"), engines)) {
            return assertThrows(
                            EngineException.class,
                            () -> DockerEngine.connect(address(relay, own), DockerLimits.DEFAULT)
                                    .close())
                    .getMessage();
        }
    }

    @Test
    void theRightOnesAreTaken() throws Exception {
        Certificates right = Certificates.make(folder.resolve("right"));
        try (TlsRelay relay = TlsRelay.before(folder.resolve("socket"), right)) {
            DockerEngine.connect(address(relay, right), DockerLimits.DEFAULT).close();
        }
    }

    @Test
    void anEngineOfAnotherAuthorityIsNotBelieved() throws Exception {
        Certificates own = Certificates.make(folder.resolve("own"));
        String said = failure(Certificates.make(folder.resolve("other")), own);
        assertTrue(said.contains("with the certificates in " + own.folder()), said);
        assertTrue(said.contains("unable to find valid certification path"), said);
    }

    @Test
    void anEngineOfAnotherNameIsNotBelieved() throws Exception {
        Certificates elsewhere = Certificates.make(folder.resolve("elsewhere"), "san=dns:elsewhere.example", "-0d");
        String said = failure(elsewhere, elsewhere);
        assertTrue(said.contains("<127.0.0.1> doesn't match any of the subject alternative names"), said);
    }

    @Test
    void certificatesThatAreOutOfDateAreSaidBeforeAnythingIsSent() throws Exception {
        Certificates right = Certificates.make(folder.resolve("right"));
        Certificates old = Certificates.make(folder.resolve("old"), "san=ip:127.0.0.1", "-100d");
        String expired = failure(right, old);
        assertTrue(expired.contains("the certificate in " + old.folder() + "/ca.pem has expired, at 2"), expired);

        Files.copy(
                right.folder().resolve("ca.pem"), old.folder().resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
        String own = failure(right, old);
        assertTrue(own.contains("the certificate in " + old.folder() + "/cert.pem has expired, at 2"), own);

        Certificates early = Certificates.make(folder.resolve("early"), "san=ip:127.0.0.1", "+2d");
        String soon = failure(right, early);
        assertTrue(soon.contains("/ca.pem is valid only from 2"), soon);
    }

    @Test
    void whatIsNoCertificateIsSaid() throws Exception {
        Certificates right = Certificates.make(folder.resolve("right"));
        Files.writeString(right.folder().resolve("cert.pem"), "secret");
        String said = failure(right, right);
        assertTrue(said.endsWith("there is no certificate in " + right.folder() + "/cert.pem"), said);
    }
}
