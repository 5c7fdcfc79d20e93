package io.sallyport.e2e.door;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A security key made of software, behind the socket of an SSH agent (draft-ietf-sshm-ssh-agent), for the real ssh to
 * sign with. What it says of its user with each signature (OpenSSH's PROTOCOL.u2f) is for the test to say.
 */
final class SoftwareToken implements AutoCloseable {
    /** The user was there. */
    static final int PRESENT = 1;

    /** The user was there and known, by PIN or finger. */
    static final int PRESENT_AND_VERIFIED = 5;

    private static final String APPLICATION = "ssh:";
    private static final int FAILURE = 5;
    private static final int REQUEST_IDENTITIES = 11;
    private static final int IDENTITIES = 12;
    private static final int SIGN = 13;
    private static final int SIGNED = 14;
    private static final int COORDINATE = 32;

    private final boolean elliptic;
    private final KeyPair pair;
    private final Path folder;
    private final ServerSocketChannel socket;
    private volatile int flags = PRESENT;
    private int counter;

    /** A token with an ECDSA key on P-256, or with an Ed25519 key. */
    SoftwareToken(Path folder, boolean elliptic) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(elliptic ? "EC" : "Ed25519");
        if (elliptic) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        this.elliptic = elliptic;
        this.pair = generator.generateKeyPair();
        this.folder = Files.createTempDirectory(folder, "token");
        this.socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(agent()));
        Files.writeString(publicKey(), line() + "\n");
        Thread.ofVirtual().start(this::serve);
    }

    /** What the token says from now on. */
    SoftwareToken says(int newFlags) {
        flags = newFlags;
        return this;
    }

    Path agent() {
        return folder.resolve("agent");
    }

    Path publicKey() {
        return folder.resolve("key.pub");
    }

    /** The line of its public key. */
    String line() throws IOException {
        return type() + " " + Base64.getEncoder().encodeToString(blob());
    }

    /** A client that signs with the token. */
    Ssh client(GatewayProcess gateway) {
        return gateway.client(publicKey()).with("-o", "IdentityAgent=" + agent());
    }

    private String type() {
        return elliptic ? "sk-ecdsa-sha2-nistp256@openssh.com" : "sk-ssh-ed25519@openssh.com";
    }

    private byte[] blob() throws IOException {
        Wire blob = new Wire().string(type());
        if (elliptic) {
            var point = ((ECPublicKey) pair.getPublic()).getW();
            byte[] uncompressed = new byte[1 + 2 * COORDINATE];
            uncompressed[0] = 4;
            copy(point.getAffineX(), uncompressed, 1);
            copy(point.getAffineY(), uncompressed, 1 + COORDINATE);
            blob.string("nistp256").string(uncompressed);
        } else {
            byte[] encoded = ((EdECPublicKey) pair.getPublic()).getEncoded();
            blob.string(Arrays.copyOfRange(encoded, encoded.length - COORDINATE, encoded.length));
        }
        return blob.string(APPLICATION).bytes();
    }

    private static void copy(BigInteger number, byte[] into, int at) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, into, at + COORDINATE - length, length);
    }

    private void serve() {
        while (socket.isOpen()) {
            try (SocketChannel peer = socket.accept()) {
                DataInputStream in = new DataInputStream(Channels.newInputStream(peer));
                DataOutputStream out = new DataOutputStream(Channels.newOutputStream(peer));
                while (true) {
                    byte[] answer = answer(in.readNBytes(in.readInt()));
                    out.writeInt(answer.length);
                    out.write(answer);
                    out.flush();
                }
            } catch (EOFException e) {
                // The client has what it wanted.
            } catch (IOException | GeneralSecurityException e) {
                // Closed, or the client is gone: its test fails of itself.
            }
        }
    }

    private byte[] answer(byte[] request) throws IOException, GeneralSecurityException {
        return switch (request[0]) {
            case REQUEST_IDENTITIES ->
                new Wire()
                        .uint8(IDENTITIES)
                        .uint32(1)
                        .string(blob())
                        .string("token")
                        .bytes();
            case SIGN -> {
                DataInputStream in = new DataInputStream(new ByteArrayInputStream(request, 1, request.length - 1));
                in.readNBytes(in.readInt()); // the one key that there is
                byte[] data = in.readNBytes(in.readInt());
                yield new Wire().uint8(SIGNED).string(signature(data)).bytes();
            }
            default -> new byte[] {FAILURE};
        };
    }

    private byte[] signature(byte[] data) throws IOException, GeneralSecurityException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        int said = flags;
        counter++;
        byte[] signed = new Wire()
                .raw(sha256.digest(APPLICATION.getBytes(StandardCharsets.UTF_8)))
                .uint8(said)
                .uint32(counter)
                .raw(sha256.digest(data))
                .bytes();
        Signature signer = Signature.getInstance(elliptic ? "SHA256withECDSAinP1363Format" : "Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(signed);
        byte[] bare = signer.sign();
        byte[] inside = elliptic
                ? new Wire()
                        .string(new BigInteger(1, Arrays.copyOf(bare, COORDINATE)).toByteArray())
                        .string(new BigInteger(1, Arrays.copyOfRange(bare, COORDINATE, bare.length)).toByteArray())
                        .bytes()
                : bare;
        return new Wire()
                .string(type())
                .string(inside)
                .uint8(said)
                .uint32(counter)
                .bytes();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Writes the types of RFC 4251, section 5. */
    private static final class Wire {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Wire uint8(int value) throws IOException {
            out.writeByte(value);
            return this;
        }

        Wire uint32(int value) throws IOException {
            out.writeInt(value);
            return this;
        }

        Wire raw(byte[] value) throws IOException {
            out.write(value);
            return this;
        }

        Wire string(byte[] value) throws IOException {
            return uint32(value.length).raw(value);
        }

        Wire string(String value) throws IOException {
            return string(value.getBytes(StandardCharsets.UTF_8));
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
