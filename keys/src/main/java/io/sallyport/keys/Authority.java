package io.sallyport.keys;

import java.time.Instant;
import java.util.Optional;

/**
 * A certificate authority whose user certificates let in.
 *
 * @param fingerprint of its key, {@code SHA256:} and unpadded base64
 * @param type the SSH key type, such as {@code ssh-ed25519}
 * @param line type and base64 of its key
 * @param name words for people, may be empty
 * @param notBefore it is trusted from then on
 * @param notAfter it is trusted until then
 * @param added when
 */
public record Authority(
        String fingerprint,
        String type,
        String line,
        String name,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter,
        Instant added) {
    /** Whether it is trusted at the moment. */
    boolean holdsAt(Instant moment) {
        return notBefore.map(first -> !moment.isBefore(first)).orElse(true)
                && notAfter.map(end -> moment.isBefore(end)).orElse(true);
    }

    KeyBlob key() {
        return KeyBlob.ofLine(line);
    }
}
