package io.sallyport.e2e.door;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A client that sends whatever the test wants, when it wants: the greeting, one key exchange (curve25519-sha256, RFC
 * 8731) and packets, in clear before it and in AES-256-GCM (RFC 5647) after it. It trusts any host key.
 */
final class RawSsh implements AutoCloseable {
    private static final String GREETING = "SSH-2.0-raw";
    private static final int KEXINIT = 20;
    private static final int NEWKEYS = 21;
    private static final int KEX_INIT = 30;
    private static final int SERVICE_REQUEST = 5;
    private static final int USERAUTH_REQUEST = 50;
    private static final int BLOCK = 16;
    private static final int TAG = 16;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private String serverGreeting = "";
    private byte[] session = new byte[0];
    private Optional<Direction> sending = Optional.empty();
    private Optional<Direction> receiving = Optional.empty();

    /** Connects to loopback, from that address of it. */
    RawSsh(int port, String from) throws IOException {
        this.socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** One direction after the key exchange. */
    private static final class Direction {
        private final SecretKeySpec key;
        private final ByteBuffer nonce;

        Direction(byte[] key, byte[] nonce) {
            this.key = new SecretKeySpec(key, "AES");
            this.nonce = ByteBuffer.wrap(Arrays.copyOf(nonce, 12));
        }

        byte[] apply(int mode, byte[] length, byte[] data) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    key,
                    new GCMParameterSpec(TAG * Byte.SIZE, nonce.array().clone()));
            cipher.updateAAD(length);
            nonce.putLong(Integer.BYTES, nonce.getLong(Integer.BYTES) + 1);
            return cipher.doFinal(data);
        }
    }

    /** Both greetings. */
    RawSsh greet() throws IOException {
        bytes((GREETING + "\r\n").getBytes(StandardCharsets.US_ASCII));
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            line.append((char) c);
        }
        serverGreeting = line.toString().strip();
        return this;
    }

    /** Greets and exchanges keys. */
    RawSsh exchange() throws IOException, GeneralSecurityException {
        greet();
        KeyPair own = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        byte[] point = littleEndian(((XECPublicKey) own.getPublic()).getU());
        byte[] proposal = proposal();
        byte[] theirProposal = packet().orElseThrow();
        send(proposal);
        send(new Message(KEX_INIT).string(point).bytes());
        ByteBuffer reply = ByteBuffer.wrap(packet().orElseThrow()).position(1);
        byte[] hostKey = string(reply);
        byte[] theirPoint = string(reply);
        byte[] secret = secret(own, theirPoint);
        byte[] hash = sha256(new Message(0)
                .string(GREETING.getBytes(StandardCharsets.US_ASCII))
                .string(serverGreeting.getBytes(StandardCharsets.US_ASCII))
                .string(proposal)
                .string(theirProposal)
                .string(hostKey)
                .string(point)
                .string(theirPoint)
                .string(secret)
                .tail());
        while (packet().orElseThrow()[0] != NEWKEYS) {
            // nothing else is expected
        }
        send(new Message(NEWKEYS).bytes());
        session = hash;
        sending = Optional.of(new Direction(derived(secret, hash, 'C'), derived(secret, hash, 'A')));
        receiving = Optional.of(new Direction(derived(secret, hash, 'D'), derived(secret, hash, 'B')));
        return this;
    }

    /** Asks for the service (RFC 4253, section 10), and has the answer. */
    RawSsh service(String name) throws IOException, GeneralSecurityException {
        send(new Message(SERVICE_REQUEST).string(name).bytes());
        packet();
        return this;
    }

    /** Asks whether a key would do (RFC 4252, section 7); the answer, if there is one. */
    Optional<byte[]> probe(String user, String algorithm, byte[] key) throws IOException, GeneralSecurityException {
        send(new Message(USERAUTH_REQUEST)
                .string(user)
                .string("ssh-connection")
                .string("publickey")
                .octet(0)
                .string(algorithm)
                .string(key)
                .bytes());
        return packet();
    }

    /** Logs in with an Ed25519 key without a passphrase, as ssh-keygen has made it; the answer, if there is one. */
    Optional<byte[]> login(String user, Path key) throws IOException, GeneralSecurityException {
        RawKey signer = RawKey.read(key);
        Message request = new Message(USERAUTH_REQUEST)
                .string(user)
                .string("ssh-connection")
                .string("publickey")
                .octet(1)
                .string(RawKey.TYPE)
                .string(signer.blob());
        byte[] data = new Message(0).string(session).tail();
        byte[] signature = signer.sign(concatenated(data, request.bytes()));
        send(request.string(new Message(0).string(RawKey.TYPE).string(signature).tail())
                .bytes());
        return packet();
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    /** Sends a packet. */
    void send(byte[] payload) throws IOException, GeneralSecurityException {
        boolean clear = sending.isEmpty();
        int head = clear ? Integer.BYTES + 1 : 1;
        int padding = BLOCK - (head + payload.length) % BLOCK;
        padding += padding < 4 ? BLOCK : 0;
        byte[] body = ByteBuffer.allocate(1 + payload.length + padding)
                .put((byte) padding)
                .put(payload)
                .array();
        byte[] length = ByteBuffer.allocate(Integer.BYTES).putInt(body.length).array();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(length);
        all.write(clear ? body : sending.get().apply(Cipher.ENCRYPT_MODE, length, body));
        bytes(all.toByteArray());
    }

    /** Sends bytes as they are. */
    void bytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** The payload of the next packet; empty when the connection has ended. */
    Optional<byte[]> packet() throws IOException, GeneralSecurityException {
        try {
            byte[] length = in.readNBytes(Integer.BYTES);
            if (length.length < Integer.BYTES) {
                return Optional.empty();
            }
            int size = ByteBuffer.wrap(length).getInt() + (receiving.isEmpty() ? 0 : TAG);
            byte[] body = new byte[size];
            in.readFully(body);
            byte[] clear = receiving.isEmpty() ? body : receiving.get().apply(Cipher.DECRYPT_MODE, length, body);
            return Optional.of(Arrays.copyOfRange(clear, 1, clear.length - clear[0]));
        } catch (EOFException | SocketException e) {
            return Optional.empty();
        }
    }

    /** Reads to the end of the connection; the number of the last message before it, or -1. Fails if there is no end. */
    int awaitEnd() throws IOException, GeneralSecurityException {
        int last = -1;
        for (Optional<byte[]> packet = packet(); packet.isPresent(); packet = packet()) {
            last = packet.get()[0] & 0xff;
        }
        return last;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A message in the making (RFC 4251, section 5). */
    static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message(int number) {
            bytes.write(number);
        }

        Message octet(int value) {
            bytes.write(value);
            return this;
        }

        Message number(int value) {
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
            return this;
        }

        Message string(byte[] value) {
            number(value.length);
            bytes.writeBytes(value);
            return this;
        }

        Message string(String value) {
            return string(value.getBytes(StandardCharsets.UTF_8));
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }

        /** Without the number. */
        byte[] tail() {
            byte[] all = bytes();
            return Arrays.copyOfRange(all, 1, all.length);
        }
    }

    private static byte[] proposal() {
        Message message = new Message(KEXINIT).number(1).number(2).number(3).number(4);
        for (String names : new String[] {
            "curve25519-sha256",
            "ssh-ed25519",
            "aes256-gcm@openssh.com",
            "aes256-gcm@openssh.com",
            "hmac-sha2-256-etm@openssh.com",
            "hmac-sha2-256-etm@openssh.com",
            "none",
            "none",
            "",
            ""
        }) {
            message.string(names);
        }
        return message.octet(0).number(0).bytes();
    }

    private static byte[] secret(KeyPair own, byte[] theirPoint) throws GeneralSecurityException {
        byte[] reversed = reversed(theirPoint);
        PublicKey theirs = KeyFactory.getInstance("X25519")
                .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, reversed)));
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(own.getPrivate());
        agreement.doPhase(theirs, true);
        return new BigInteger(1, agreement.generateSecret()).toByteArray();
    }

    private static byte[] derived(byte[] secret, byte[] hash, char letter) throws GeneralSecurityException {
        Message message = new Message(0).string(secret);
        message.bytes.writeBytes(hash);
        message.octet(letter);
        message.bytes.writeBytes(hash);
        return sha256(message.tail());
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static byte[] littleEndian(BigInteger u) {
        byte[] big = u.toByteArray();
        byte[] all = new byte[32];
        for (int i = 0; i < Math.min(big.length, all.length); i++) {
            all[i] = big[big.length - 1 - i];
        }
        return all;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] other = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            other[i] = bytes[bytes.length - 1 - i];
        }
        return other;
    }

    private static byte[] string(ByteBuffer from) {
        byte[] bytes = new byte[from.getInt()];
        from.get(bytes);
        return bytes;
    }
}
