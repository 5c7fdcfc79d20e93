package io.sallyport.bench.lean;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** One direction of aes256-gcm@openssh.com (RFC 5647, with the changes of OpenSSH's PROTOCOL file). For one thread. */
final class Seal {
    /** Bytes of the tag behind each packet. */
    static final int TAG = 16;

    /** Bytes of the key. */
    static final int KEY = 32;

    /** Bytes of the first nonce: four that stay and eight that count packets. */
    static final int NONCE = 12;

    private static final int COUNTER = 4;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final ByteBuffer nonce;

    Seal(byte[] key, byte[] nonce) throws GeneralSecurityException {
        this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        this.key = new SecretKeySpec(key, "AES");
        this.nonce = ByteBuffer.wrap(nonce);
    }

    /** Encrypts where it stands what follows the length, and puts the tag behind. */
    void seal(byte[] packet, int offset, int length) throws GeneralSecurityException {
        next(Cipher.ENCRYPT_MODE);
        cipher.updateAAD(packet, 0, offset);
        cipher.doFinal(packet, offset, length, packet, offset);
    }

    /** The reverse. */
    void open(byte[] packet, int offset, int length) throws GeneralSecurityException {
        next(Cipher.DECRYPT_MODE);
        cipher.updateAAD(packet, 0, offset);
        cipher.doFinal(packet, offset, length + TAG, packet, offset);
    }

    private void next(int mode) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(Byte.SIZE * TAG, nonce.array()));
        nonce.putLong(COUNTER, nonce.getLong(COUNTER) + 1);
    }
}
