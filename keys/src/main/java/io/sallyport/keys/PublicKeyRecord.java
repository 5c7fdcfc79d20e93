package io.sallyport.keys;

import java.time.Instant;

/**
 * A public key that belongs to an identity.
 *
 * @param fingerprint {@code SHA256:} and unpadded base64
 * @param identity whose it is
 * @param type the SSH key type, such as {@code ssh-ed25519}
 * @param line type, base64 and comment, as in an authorized_keys file
 * @param comment of the line, may be empty
 * @param added when
 */
public record PublicKeyRecord(
        String fingerprint, String identity, String type, String line, String comment, Instant added) {
    /** Whether the key is on a device that tells of its user with each signature. */
    public boolean onSecurityKey() {
        return blob().type().onDevice();
    }

    KeyBlob blob() {
        return KeyBlob.ofLine(line);
    }
}
