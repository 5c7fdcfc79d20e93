package io.sallyport.client.mina;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.client.auth.pubkey.KeyAgentIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents that are slow, damaged, or have keys of a kind that is not known here. */
@Timeout(60)
class AgentKeysTest {
    private static final int KEYS = 12;
    private static final int FAILURE = 5;
    private static final Duration PATIENT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private ServerSocketChannel agent;

    @BeforeEach
    void start() throws IOException {
        agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        agent.bind(UnixDomainSocketAddress.of(folder.resolve("agent")));
    }

    @AfterEach
    void stop() throws IOException {
        agent.close();
    }

    @Test
    void aKeyThatIsNotUnderstoodIsLeftOutAlone() throws Exception {
        byte[] key = key();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(answer);
        out.writeByte(KEYS);
        out.writeInt(5);
        named(out, key("ssh-of-tomorrow", new byte[40]), "of an unknown type");
        named(out, key("ssh-ed25519", new byte[3]), "too short");
        named(out, new byte[0], "nothing");
        named(out, key("ecdsa-sha2-nistp256", new byte[80]), "on no curve");
        named(out, key, "mine");

        List<KeyAgentIdentity> keys = answered(answer.toByteArray());

        assertEquals(
                List.of("mine"), keys.stream().map(KeyAgentIdentity::getComment).toList());
        assertEquals(
                Base64.getEncoder().encodeToString(key),
                KeyBlob.text(keys.getFirst().getKeyIdentity().getPublic()));
    }

    @Test
    void anAnswerThatIsNoListIsAnAgentWithoutKeys() throws Exception {
        assertEquals(List.of(), answered(new byte[] {FAILURE}));
        assertEquals(List.of(), answered(new byte[] {KEYS}));
        assertEquals(List.of(), answered(new byte[] {KEYS, 0, 0, 0, 9, 0, 0, 0, 7, 1}));
        assertEquals(List.of(), answered(new byte[] {KEYS, -1, -1, -1, -1, 127, -1, -1, -1}));
        assertEquals(List.of(), answered(new byte[0]));
    }

    @Test
    void anAgentThatHangsIsAnAgentWithoutKeys() throws Exception {
        try (AgentKeys keys = AgentKeys.at(Optional.of(folder.resolve("agent")), Duration.ofMillis(200))) {
            assertEquals(List.of(), keys.keys(Set.of(), false));
        }
    }

    /** The keys that are understood of an answer. */
    private List<KeyAgentIdentity> answered(byte[] answer) throws Exception {
        Thread serving = Thread.ofPlatform().start(() -> serve(answer));
        try (AgentKeys keys = AgentKeys.at(Optional.of(folder.resolve("agent")), PATIENT)) {
            return keys.keys(Set.of(), false);
        } finally {
            serving.join();
        }
    }

    private void serve(byte[] answer) {
        try (SocketChannel client = agent.accept()) {
            ByteBuffer request = ByteBuffer.allocate(5);
            while (request.hasRemaining() && client.read(request) >= 0) {
                // The rest is yet to come.
            }
            ByteBuffer out = ByteBuffer.allocate(4 + answer.length);
            out.putInt(answer.length).put(answer).flip();
            while (out.hasRemaining()) {
                client.write(out);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return Base64.getDecoder()
                .decode(KeyBlob.text(generator.generateKeyPair().getPublic()));
    }

    private static byte[] key(String type, byte[] rest) throws IOException {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(key);
        counted(out, type.getBytes(StandardCharsets.UTF_8));
        counted(out, rest);
        return key.toByteArray();
    }

    private static void named(DataOutputStream out, byte[] key, String comment) throws IOException {
        counted(out, key);
        counted(out, comment.getBytes(StandardCharsets.UTF_8));
    }

    private static void counted(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
