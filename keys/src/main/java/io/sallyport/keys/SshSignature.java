package io.sallyport.keys;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Detached signatures in OpenSSH's format (its PROTOCOL.sshsig), by Ed25519 keys over SHA-512: what {@code ssh-keygen -Y
 * sign} makes and {@code ssh-keygen -Y verify} checks.
 */
public final class SshSignature {
    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final String HASH = "sha512";
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";
    private static final int LINE_LENGTH = 70;
    private static final int LONGEST_TEXT = 4096;

    private SshSignature() {}

    /**
     * Signs a message.
     *
     * @param pair an Ed25519 key
     * @param namespace what the signature is for, not empty; a verifier asks for the same
     * @return the armoured text, about 300 characters, each line ended by a line feed
     */
    static String make(KeyPair pair, String namespace, byte[] message) {
        if (namespace.isEmpty()) {
            throw new IllegalArgumentException("a signature needs a namespace");
        }
        Buffer key = new ByteArrayBuffer();
        key.putRawPublicKey(pair.getPublic());
        Buffer signature = new ByteArrayBuffer();
        signature.putString(KeyType.ED25519.sshName());
        signature.putBytes(ed25519(pair, signed(namespace, message)));
        Buffer blob = new ByteArrayBuffer();
        blob.putRawBytes(MAGIC);
        blob.putUInt(VERSION);
        blob.putBytes(key.getCompactData());
        blob.putString(namespace);
        blob.putString("");
        blob.putString(HASH);
        blob.putBytes(signature.getCompactData());
        return armoured(blob.getCompactData());
    }

    /** The bare signature (RFC 8032), 64 bytes. */
    static byte[] ed25519(KeyPair pair, byte[] bytes) {
        try {
            Signature signer = BuiltinSignatures.ed25519.create();
            signer.initSigner(null, pair.getPrivate());
            signer.update(null, bytes);
            return signer.sign(null);
        } catch (Exception e) { // the library's methods declare no less
            throw new IllegalStateException("Ed25519 comes with BouncyCastle, which is always there", e);
        }
    }

    /**
     * Checks a signature.
     *
     * @param text the armoured signature, from anybody
     * @param publicLine the one Ed25519 key that may have made it: type, base64 and perhaps a comment
     * @param namespace what it has to be for
     * @return why it is not a signature of the message by the key; empty when it is
     * @throws IllegalArgumentException when the public key is no such line
     */
    public static Optional<String> fault(String text, String publicLine, String namespace, byte[] message) {
        byte[] expected = ed25519Blob(publicLine);
        try {
            return unarmoured(text)
                    .map(blob -> fault(new ByteArrayBuffer(blob), expected, namespace, message))
                    .orElse(Optional.of("it is not an armoured SSH signature"));
        } catch (RuntimeException e) {
            return Optional.of("it is malformed"); // the buffer throws of several kinds for lengths that lead nowhere
        }
    }

    private static byte[] ed25519Blob(String publicLine) {
        if (KeyLine.read(publicLine) instanceof KeyLine.Accepted(KeyBlob key, String _)
                && key.type() == KeyType.ED25519) {
            return Base64.getDecoder().decode(key.base64());
        }
        throw new IllegalArgumentException("not the line of an Ed25519 public key: " + publicLine);
    }

    private static Optional<String> fault(Buffer blob, byte[] expected, String namespace, byte[] message) {
        byte[] magic = new byte[MAGIC.length];
        blob.getRawBytes(magic);
        if (!Arrays.equals(magic, MAGIC) || blob.getUInt() != VERSION) {
            return Optional.of("it is not an SSH signature of version " + VERSION);
        }
        if (!Arrays.equals(blob.getBytes(), expected)) {
            return Optional.of("it is by another key");
        }
        String actual = blob.getString();
        if (!actual.equals(namespace)) {
            return Optional.of("it is for another namespace");
        }
        blob.getBytes(); // reserved; what it holds is to be ignored
        if (!blob.getString().equals(HASH)) {
            return Optional.of("its hash is not " + HASH);
        }
        Buffer signature = new ByteArrayBuffer(blob.getBytes());
        if (blob.available() > 0 || !signature.getString().equals(KeyType.ED25519.sshName())) {
            return Optional.of("it is not one Ed25519 signature");
        }
        byte[] bare = signature.getBytes();
        boolean whole = bare.length == Ed25519.SIGNATURE_SIZE && signature.available() == 0;
        return whole && verified(bare, expected, signed(namespace, message))
                ? Optional.empty()
                : Optional.of("the message is not the one that was signed");
    }

    private static boolean verified(byte[] signature, byte[] keyBlob, byte[] bytes) {
        Buffer key = new ByteArrayBuffer(keyBlob);
        key.getString();
        return Ed25519.verify(signature, 0, key.getBytes(), 0, bytes, 0, bytes.length);
    }

    private static byte[] signed(String namespace, byte[] message) {
        Buffer bytes = new ByteArrayBuffer();
        bytes.putRawBytes(MAGIC);
        bytes.putString(namespace);
        bytes.putString("");
        bytes.putString(HASH);
        bytes.putBytes(sha512(message));
        return bytes.getCompactData();
    }

    private static String armoured(byte[] blob) {
        StringBuilder text = new StringBuilder(BEGIN).append('\n');
        String base64 = Base64.getEncoder().encodeToString(blob);
        for (int at = 0; at < base64.length(); at += LINE_LENGTH) {
            text.append(base64, at, Math.min(base64.length(), at + LINE_LENGTH)).append('\n');
        }
        return text.append(END).append('\n').toString();
    }

    private static Optional<byte[]> unarmoured(String text) {
        String stripped = text.strip();
        if (text.length() > LONGEST_TEXT || !stripped.startsWith(BEGIN) || !stripped.endsWith(END)) {
            return Optional.empty();
        }
        String base64 = stripped.substring(BEGIN.length(), stripped.length() - END.length());
        return Optional.of(Base64.getDecoder().decode(base64.replaceAll("[\r\n]", "")));
    }

    private static byte[] sha512(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }
}
