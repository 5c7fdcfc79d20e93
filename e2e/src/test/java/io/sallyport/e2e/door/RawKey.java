package io.sallyport.e2e.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/**
 * An Ed25519 key that a test signs with itself.
 *
 * @param blob the public key as it is on the wire
 * @param secret the private one
 */
record RawKey(byte[] blob, PrivateKey secret) {
    static final String TYPE = "ssh-ed25519";

    private static final int SEED = 32;

    /** Reads what ssh-keygen has made without a passphrase (OpenSSH's PROTOCOL.key). */
    static RawKey read(Path file) throws IOException, GeneralSecurityException {
        String base64 = Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("-"))
                .collect(Collectors.joining());
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
        bytes.position("openssh-key-v1".length() + 1);
        string(bytes); // cipher, key derivation and its options: none
        string(bytes);
        string(bytes);
        bytes.getInt(); // one key
        byte[] blob = string(bytes);
        ByteBuffer inner = ByteBuffer.wrap(string(bytes));
        inner.position(2 * Integer.BYTES);
        string(inner); // type
        string(inner); // public
        byte[] seed = Arrays.copyOf(string(inner), SEED);
        return new RawKey(
                blob,
                KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
    }

    byte[] sign(byte[] data) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(secret);
        signature.update(data);
        return signature.sign();
    }

    private static byte[] string(ByteBuffer from) {
        byte[] value = new byte[from.getInt()];
        from.get(value);
        return value;
    }
}
