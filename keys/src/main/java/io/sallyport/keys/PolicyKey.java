package io.sallyport.keys;

/**
 * A public key as it stands in a policy.
 *
 * @param fingerprint {@code SHA256:} and unpadded base64
 * @param line type, base64 and comment if there is one, as in an authorized_keys file
 */
public record PolicyKey(String fingerprint, String line) {
    /** What became of a text that should be a key. */
    public sealed interface Reading {
        /** It is an acceptable key. */
        record Accepted(PolicyKey key) implements Reading {}

        /** It is none; {@code reason} says why, {@code hint} what would do. */
        record Refused(String reason, String hint) implements Reading {}
    }

    /** Reads one line as in a {@code .pub} file. */
    public static Reading read(String line) {
        return switch (KeyLine.read(line)) {
            case KeyLine.Refused refused -> new Reading.Refused(refused.reason(), refused.hint());
            case KeyLine.Accepted accepted ->
                new Reading.Accepted(of(accepted.key().fingerprint(), accepted.key(), accepted.comment()));
        };
    }

    static PolicyKey of(HeldKey key) {
        return of(key.fingerprint(), key.blob(), key.comment());
    }

    private static PolicyKey of(Fingerprint fingerprint, KeyBlob blob, String comment) {
        return new PolicyKey(fingerprint.toString(), blob.line() + (comment.isEmpty() ? "" : " " + comment));
    }

    /** What its owner has written behind it; may be empty. */
    public String comment() {
        String[] words = line.split(" ", 3);
        return words.length == 3 ? words[2] : "";
    }

    KeyBlob blob() {
        return KeyBlob.ofLine(line);
    }

    HeldKey heldBy(String identity, long addedMillis) {
        return new HeldKey(Fingerprint.parse(fingerprint).orElseThrow(), identity, blob(), comment(), addedMillis);
    }
}
