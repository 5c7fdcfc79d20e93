package io.sallyport.bench.lean;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** An Ed25519 key to log in with. May be used from many threads. */
public final class LoginKey {
    /** The name of the algorithm (RFC 8709). */
    static final String TYPE = "ssh-ed25519";

    private static final int SEED = 32;

    private final byte[] publicBlob;
    private final PrivateKey signing;

    private LoginKey(byte[] publicBlob, PrivateKey signing) {
        this.publicBlob = publicBlob;
        this.signing = signing;
    }

    /**
     * Reads a key without a passphrase in OpenSSH's format (its PROTOCOL.key file).
     *
     * @throws IOException when it cannot be read
     * @throws GeneralSecurityException when it is no Ed25519 key
     */
    public static LoginKey read(Path file) throws IOException, GeneralSecurityException {
        String base64 = String.join(
                "",
                Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("-"))
                        .toList());
        Fields fields = new Fields(Base64.getDecoder().decode(base64)).skip("openssh-key-v1\0".length());
        fields.string(); // cipher, key derivation and its options: none
        fields.string();
        fields.string();
        fields.integer(); // one key
        byte[] blob = fields.string();
        Fields secret = new Fields(fields.string()).skip(2 * Integer.BYTES);
        if (!secret.text().equals(TYPE)) {
            throw new GeneralSecurityException(file + " is no " + TYPE + " key");
        }
        secret.string();
        byte[] seed = Arrays.copyOf(secret.string(), SEED);
        PrivateKey signing = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        return new LoginKey(blob, signing);
    }

    /** Makes a new key. */
    public static LoginKey make() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded(); // which ends with the point (RFC 8410, section 4)
            byte[] point = Arrays.copyOfRange(encoded, encoded.length - SEED, encoded.length);
            byte[] blob = new Message().string(TYPE).string(point).bytes();
            return new LoginKey(blob, pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    /** The public key as a line of a {@code .pub} file, without a comment. */
    public String line() {
        return TYPE + " " + Base64.getEncoder().encodeToString(publicBlob);
    }

    byte[] publicBlob() {
        return publicBlob.clone();
    }

    byte[] sign(byte[] data) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(signing);
        signature.update(data);
        return signature.sign();
    }
}
