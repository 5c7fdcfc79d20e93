package io.sallyport.client.mina;

import java.security.PublicKey;
import java.util.Base64;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** Public keys as they go over the wire (RFC 4253, 6.6), by which they are compared, and as people see them. */
final class KeyBlob {
    private KeyBlob() {}

    /** Type and Base64, as in a file of public keys. */
    static String line(PublicKey key) {
        return KeyUtils.getKeyType(key) + " " + text(key);
    }

    /** The key in Base64. */
    static String text(PublicKey key) {
        ByteArrayBuffer buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(key);
        return Base64.getEncoder().encodeToString(buffer.getCompactData());
    }

    /** {@code SHA256:…}, as ssh-keygen shows it. */
    static String fingerprint(PublicKey key) {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
    }
}
