package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.database.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of the real ssh-keygen, on a clock that the test moves. */
class CredentialCheckTest {
    private static final String ALGORITHM = "ssh-ed25519-cert-v01@openssh.com";
    private static final byte[] DATA = "what a client signs".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Instant now = Instant.now();
    private Database database;
    private SqliteIdentityStore identities;
    private AuthorityStore authorities;
    private Revocations revocations;
    private OwnAuthority own;
    private CredentialCheck check;
    private SshKeygen keygen;
    private SigningKey user;

    @BeforeAll
    static void cryptography() {
        Security.addProvider(new BouncyCastleProvider());
    }

    @BeforeEach
    void anIdentityAndAnAuthority() throws Exception {
        InstantSource source = () -> now;
        Clock clock = source.withZone(ZoneOffset.UTC);
        keygen = new SshKeygen(folder);
        database = KeysDatabase.open(folder.resolve("keys.sqlite"));
        identities = SqliteIdentityStore.over(database, clock);
        identities.put(new Identity("ann", Identity.Kind.PERSON, List.of(), false), "root");
        authorities = new AuthorityStore(database, clock);
        revocations = new Revocations(database, identities, authorities);
        own = new OwnAuthority(
                SigningKey.open(folder.resolve("own")), database, identities, authorities, revocations, clock);
        check = new CredentialCheck(identities, authorities, revocations, clock);
        authorities.add(keygen.publicKey("ca", "-t", "ed25519"), "", Optional.empty(), Optional.empty(), "root");
        user = SigningKey.open(folder.resolve("user"));
    }

    @AfterEach
    void close() {
        identities.close();
    }

    @Test
    void whoeverSignsWithTheCertifiedKeyIsItsPrincipal() throws Exception {
        Presented.Acceptable key = acceptable(certificate("-n", "ann", "-V", "+1h", "-z", "9", "-I", "id"));

        Proof proof = key.verify(DATA, signature(user)).orElseThrow();

        assertEquals("ann", key.identity());
        assertEquals(user.fingerprint(), proof.fingerprint());
        assertEquals(9, proof.certificate().orElseThrow().serial());
        assertEquals(Optional.empty(), check.objection("ann", proof, "127.0.0.1"));
    }

    @Test
    void aSignatureOfAnotherKeyOrOverOtherBytesProvesNothing() throws Exception {
        Presented.Acceptable key = acceptable(certificate("-n", "ann", "-V", "+1h", "-z", "9", "-I", "id"));

        assertEquals(Optional.empty(), key.verify(DATA, signature(SigningKey.open(folder.resolve("other")))));
        assertEquals(Optional.empty(), key.verify(new byte[] {1}, signature(user)));
        assertEquals(Optional.empty(), key.verify(DATA, new byte[0]));
        byte[] signature = signature(user);
        for (int i = 0; i < signature.length; i++) {
            byte[] damaged = signature.clone();
            damaged[i] ^= 1;
            assertEquals(Optional.empty(), key.verify(DATA, damaged), "byte " + i);
        }
    }

    @Test
    void aClockMovedByADayEitherWayRefuses() throws Exception {
        byte[] certificate = certificate("-n", "ann", "-V", "+24h", "-z", "9", "-I", "id");
        Proof proof = acceptable(certificate).verify(DATA, signature(user)).orElseThrow();

        now = now.plus(Duration.ofDays(1)).plusSeconds(60);
        assertEquals("certificate: expired", refusal(certificate));
        assertEquals(Optional.of("this certificate has expired"), check.objection("ann", proof, "127.0.0.1"));

        now = now.minus(Duration.ofDays(2));
        assertEquals("certificate: not valid yet", refusal(certificate));
    }

    @Test
    void anAuthorityIsTrustedInItsTimeOnly() throws Exception {
        byte[] certificate = certificate("-n", "ann", "-V", "-5h:+5h", "-z", "9", "-I", "id");
        authorities.add(
                Files.readString(folder.resolve("ca.pub")),
                "",
                Optional.of(now.minusSeconds(3600)),
                Optional.of(now.plusSeconds(3600)),
                "root");

        acceptable(certificate);
        now = now.plusSeconds(3600);
        assertTrue(refusal(certificate).contains("not trusted"));
        now = now.minusSeconds(2 * 3600 + 1);
        assertTrue(refusal(certificate).contains("not trusted"));
    }

    @Test
    void anyByteChangedInACertificateMakesItWorthless() throws Exception {
        byte[] whole = certificate("-n", "ann", "-V", "+1h", "-z", "9", "-I", "id");
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            assertInstanceOf(Presented.Refused.class, present(damaged), "byte " + i);
            assertInstanceOf(Presented.Refused.class, present(Arrays.copyOf(whole, i)), "cut at " + i);
        }
    }

    @Test
    void aCertificateOfAHostIsNobodys() throws Exception {
        assertEquals(
                "certificate: not a user certificate",
                refusal(certificate("-h", "-n", "ann", "-V", "+1h", "-z", "9", "-I", "id")));
    }

    @Test
    void theAlgorithmMustBeTheKeys() throws Exception {
        byte[] certificate = certificate("-n", "ann", "-V", "+1h", "-z", "9", "-I", "id");

        for (String algorithm : List.of("ssh-ed25519", "rsa-sha2-512-cert-v01@openssh.com", "")) {
            assertInstanceOf(Presented.Refused.class, check.present(algorithm, certificate, "127.0.0.1"), algorithm);
        }
    }

    @Test
    void ownCertificatesHoldAsLongAsTheKeyThatAskedForThem() throws Exception {
        String asker = keygen.publicKey("asker", "-t", "ed25519");
        identities.addKey("ann", asker, "root");
        byte[] certificate = issued(asker);
        Proof proof = acceptable(certificate).verify(DATA, signature(user)).orElseThrow();
        assertEquals(Optional.empty(), check.objection("ann", proof, "127.0.0.1"));

        identities.removeKey(KeyBlob.ofLine(asker).fingerprint().toString(), "root");

        assertTrue(check.objection("ann", proof, "127.0.0.1")
                .orElseThrow()
                .contains("the key that asked for this certificate"));
        assertInstanceOf(Presented.Refused.class, present(certificate));
    }

    @Test
    void ownCertificatesAreNoneOfAnIdentityMadeAnew() throws Exception {
        String asker = keygen.publicKey("asker", "-t", "ed25519");
        identities.addKey("ann", asker, "root");
        byte[] certificate = issued(asker);

        identities.remove("ann", "root");
        identities.put(new Identity("ann", Identity.Kind.PERSON, List.of(), false), "root");

        assertInstanceOf(Presented.Refused.class, present(certificate));
    }

    @Test
    void whoTakesTheOwnAuthorityAwayDoesNotFindItBack() throws Exception {
        String fingerprint = SigningKey.open(folder.resolve("own")).fingerprint();
        authorities.remove(fingerprint, "root");

        AuthorityStore again = new AuthorityStore(database, Clock.systemUTC());
        again.trustOwn(SigningKey.open(folder.resolve("own")).publicLine());

        assertEquals(Optional.empty(), again.find(fingerprint));
        assertInstanceOf(
                OwnAuthority.Issued.Untrusted.class,
                own.issue(
                        identities.identity("ann").orElseThrow(), "SHA256:x", user.publicLine(), Duration.ofHours(1)));
    }

    @Test
    void lockedAndRemovedIdentitiesAreRefused() throws Exception {
        byte[] certificate = certificate("-n", "ann", "-V", "+1h", "-z", "9", "-I", "id");

        identities.put(new Identity("ann", Identity.Kind.PERSON, List.of(), true), "root");
        assertEquals("this identity is locked", refusal(certificate));
        identities.remove("ann", "root");
        assertEquals("there is no identity of this name", refusal(certificate));
    }

    private byte[] issued(String asker) {
        OwnAuthority.Issued.Signed signed = (OwnAuthority.Issued.Signed) own.issue(
                identities.identity("ann").orElseThrow(),
                KeyBlob.ofLine(asker).fingerprint().toString(),
                user.publicLine(),
                Duration.ofHours(1));
        return Wire.blob(signed.line());
    }

    private byte[] certificate(String... options) throws Exception {
        String[] words = new String[options.length + 3];
        words[0] = "-qs";
        words[1] = "ca";
        System.arraycopy(options, 0, words, 2, options.length);
        words[words.length - 1] = "user.pub";
        keygen.run(words);
        return Wire.blob(Files.readString(folder.resolve("user-cert.pub")));
    }

    private Presented present(byte[] blob) {
        return check.present(ALGORITHM, blob, "127.0.0.1");
    }

    private Presented.Acceptable acceptable(byte[] blob) {
        return assertInstanceOf(
                Presented.Acceptable.class, present(blob), () -> present(blob).toString());
    }

    private String refusal(byte[] blob) {
        return assertInstanceOf(Presented.Refused.class, present(blob)).reason();
    }

    private static byte[] signature(SigningKey key) {
        return new WireWriter().string("ssh-ed25519").string(key.sign(DATA)).toBytes();
    }
}
