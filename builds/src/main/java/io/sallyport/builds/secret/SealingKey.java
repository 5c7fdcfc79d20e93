package io.sallyport.builds.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** One key that seals and opens: AES-256 in Galois counter mode (NIST SP 800-38D). Any thread. */
final class SealingKey {
    private static final int BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final byte[] bytes;
    private final String id;
    private final SecureRandom random;

    private SealingKey(byte[] bytes, SecureRandom random) {
        this.bytes = bytes;
        this.id = HexFormat.of().formatHex(digest(bytes), 0, ID_BYTES);
        this.random = random;
    }

    static SealingKey make(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new SealingKey(bytes, random);
    }

    /** The key that {@link #text} was written of; empty when it was none. */
    static Optional<SealingKey> parse(String text, SecureRandom random) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return bytes.length == BYTES ? Optional.of(new SealingKey(bytes, random)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String text() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Stands for the key where it must not stand itself. */
    String id() {
        return id;
    }

    /** Seals a value as that of an owner, as which alone it can be opened. */
    Sealed seal(byte[] value, byte[] owner) {
        byte[] nonce = new byte[Sealed.NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(value);
            byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
            return new Sealed(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    /** The value; empty when it was not sealed by this key as that owner's, or has been changed since. */
    Optional<byte[]> open(Sealed sealed, byte[] owner) {
        byte[] all = sealed.bytes();
        if (all.length < Sealed.NONCE_BYTES + Sealed.TAG_BYTES) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(all, Sealed.NONCE_BYTES);
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(all, nonce.length, all.length - nonce.length));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(Sealed.TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(owner);
        return cipher;
    }

    /** With a word before it, so that the same bytes used elsewhere have another name. */
    private static byte[] digest(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("sallyport secrets key\0".getBytes(US_ASCII));
            return digest.digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealingKey key && MessageDigest.isEqual(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
